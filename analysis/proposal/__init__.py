"""From the looks of a table to a configuration for it: what an analyst would write, each choice with its reason.

looks → parts → shortlist → columns → site → text
"""
