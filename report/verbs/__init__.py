"""The verbs of the command that are more than one call: a file a verb, light to import."""
