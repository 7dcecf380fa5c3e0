"""Whole programmes, lived through on the local stack, and pictures of all that they produce."""
