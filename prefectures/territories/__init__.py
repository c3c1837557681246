"""The territory of France: from INSEE's Code officiel géographique to the site.

``build`` turns the npm package into the CSV files of ``fixtures/territories``; ``files`` reads
them; ``load`` brings them into the database, and ``memory`` knows what earlier loads wrote.

``spellings`` knows places in other scripts than ours; ``build_spellings`` makes its files of what
``spelling_sources`` reads in the packages of others.
"""
