"""One module per question that the charts answer; each turns marts into figures."""
