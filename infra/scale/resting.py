"""Keeps the deployed functions from working by themselves: what is measured is done here, as of times that are long past."""

from collections.abc import Mapping

import boto3

from infra import jobs


def rest(outputs: Mapping[str, str]) -> None:
    """Let schedules rest, and queues be nobody's but ours."""
    for job in (*jobs.JOBS, *jobs.NIGHTLY):
        jobs.set_schedule(outputs[f"{job.capitalize()}Schedule"], "DISABLED")
    client = boto3.client("lambda")
    for mapping in client.list_event_source_mappings()["EventSourceMappings"]:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
