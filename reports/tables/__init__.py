"""Tables of the page: those of the paper with what the warehouse makes of them, the judgements, and the trends."""
