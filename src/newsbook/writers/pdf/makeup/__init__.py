"""Page make-up: where on which page each line and each picture stands, decided before anything is drawn.

No engine is in it: it plans with rows and sizes in lines of the grid (`pieces`), and asks whoever sets the text.
"""
