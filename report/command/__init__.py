"""The command `segment-atlas`: a file for each verb that is more than one call, light to import.

In: what an analyst types.
Out: calls of the build and the analysis, sentences, and an exit code.
May import: every other room of the report, and the entry points of the analysis.
"""
