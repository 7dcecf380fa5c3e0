"""The tables: the only modules that speak to DynamoDB, one for each table, that is for each privilege."""
