-- What all spellings of an address have in common; see sources/addresses.py. Immutable, for a generated column.
CREATE FUNCTION sources_address_key(url text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN url = '' THEN '' ELSE
        lower(regexp_replace(regexp_replace(parts[2], '^www\.', '', 'i'),
              CASE lower(parts[1]) WHEN 'http' THEN ':80$' ELSE ':443$' END, ''))
        || rtrim(coalesce(parts[3], ''), '/')
        || coalesce('?' || nullif((
               SELECT string_agg(parameter, '&' ORDER BY place)
               FROM regexp_split_to_table(ltrim(coalesce(parts[4], ''), '?'), '&') WITH ORDINALITY AS p (parameter, place)
               WHERE parameter <> '' AND parameter !~* '^(utm_[a-z_]*|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid)='
           ), ''), '')
        END
    FROM (SELECT coalesce(
              regexp_match(split_part(btrim(url), '#', 1), '^(?:(https?)://)?([^/?]*)([^?]*)(\?.*)?$', 'i'),
              ARRAY['', url, '', '']) AS parts) AS p
$$;
