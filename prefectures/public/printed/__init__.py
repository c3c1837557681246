"""What a brochure says: the sheets of a région or of a département, one after another, on paper."""
