"""The form of any step, made from its model: what is asked, how it is drawn, and what was typed."""
