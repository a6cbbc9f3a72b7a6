-- Twenty-four numbers, of which two texts share any only if they share many words: MinHash, in bands of four. Of texts
-- that have two words in three in common, ninety-nine in a hundred do; of those that have one in ten, hardly any.
--
-- What is alike is found by them, however many claims there are: an index of trigrams looks through all that have the
-- language's common ones. Not in parallel, since to start a worker takes longer than to look.
CREATE FUNCTION claims_sketch(words text) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL RESTRICTED AS $$
    SELECT array_agg(hashtext(band || ' ' || signs)) FROM (
        SELECT place / 4 AS band, string_agg(least::text, ' ' ORDER BY place) AS signs FROM (
            SELECT place, min(hashtextextended(lexeme, place)) AS least
            FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.english', public.unaccent('public.unaccent', words))))
                AS lexeme, generate_series(0, 95) AS place
            GROUP BY place
        ) AS m GROUP BY place / 4
    ) AS b
$$;
