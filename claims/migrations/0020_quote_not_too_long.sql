-- A statement is not as long as a text: what is published of it is searched, and a search cannot hold so much. Quotes
-- that were recorded before there was this rule stay as they are.
CREATE FUNCTION claims_refuse_long_quote() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_refuse('claim_quote_not_too_long', format(
        'a statement has at most 20,000 characters, and this one has %s', char_length(NEW.quote)));
    RETURN NEW;
END
$$;

CREATE TRIGGER claim_quote_length
BEFORE INSERT ON claims_claim
FOR EACH ROW WHEN (char_length(NEW.quote) > 20000) EXECUTE FUNCTION claims_refuse_long_quote();

CREATE TRIGGER claim_quote_length_changed
BEFORE UPDATE OF quote ON claims_claim
FOR EACH ROW WHEN (char_length(NEW.quote) > 20000 AND NEW.quote <> OLD.quote)
EXECUTE FUNCTION claims_refuse_long_quote();

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION claims_refuse_long_quote() SET search_path = pg_catalog, %I, pg_temp', current_schema());
END
$$;
