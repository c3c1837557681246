"""A kind of row that no sheet has: "remarques". Its model is all that was written for it."""
