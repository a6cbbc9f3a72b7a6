-- Whoever wrote an assessment is named to readers and in its history, which have no more than their number: the account
-- stays. All of a publication's authors are in that history. A foreign key holds but the last of them.
CREATE FUNCTION claims_user_delete() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM claims_assessmentevent AS e WHERE e.author_id = OLD.id) THEN
        PERFORM claims_refuse('user_wrote_assessment', format(
            '%s wrote an assessment, which is told with their name: make the account inactive instead', OLD.username));
    END IF;
    RETURN OLD;
END
$$;

CREATE TRIGGER user_delete BEFORE DELETE ON auth_user
FOR EACH ROW EXECUTE FUNCTION claims_user_delete();

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION claims_user_delete() SET search_path = pg_catalog, %I, pg_temp', current_schema());
END
$$;
