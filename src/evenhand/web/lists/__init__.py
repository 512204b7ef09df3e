"""The lists of the desk: whose a duty is, what waits for whom, filters, sorting, pages and exports.

Rows come from the projections, never from a fold, and only from what the viewer may see.
"""
