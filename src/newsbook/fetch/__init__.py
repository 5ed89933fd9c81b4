"""URLs become pages and pictures: fetched safely and politely, kept in a cache, each with its provenance.

`terms` says how, `session` fetches, `illustrations` does so for an article. Nothing is imported here, for the command
line needs the terms alone, and the network's libraries take their time.
"""
