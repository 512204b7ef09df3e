"""The daily mail to whoever owes something: what stands in it, how it reads, and that it goes once."""
