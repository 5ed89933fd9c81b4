"""URLs become pages and pictures: fetched safely and politely, kept in a cache, each with its provenance.

`settings` says how. `session` fetches, and `illustrations` fetches the pictures of an article. Nothing is imported
here, for the command line needs the settings alone, and the network's libraries take their time.
"""
