"""Who looked at whose data, and the breaking of glass to do so."""
