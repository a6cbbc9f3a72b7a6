-- Whose assessment is published is not for the application to say.
CREATE FUNCTION claims_publication_authors() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.written_by := CASE WHEN NEW.approval_id IS NULL THEN '{}'
        ELSE ARRAY(SELECT claims_authors(NEW.claim_id) ORDER BY 1) END;
    RETURN NEW;
END
$$;

CREATE TRIGGER publication_authors BEFORE INSERT ON claims_publication
FOR EACH ROW EXECUTE FUNCTION claims_publication_authors();

-- Pages about the newsroom, and the names of who wrote and approved, are shown to readers too.
CREATE CONSTRAINT TRIGGER touch_record AFTER INSERT OR UPDATE OR DELETE ON claims_sitepage
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims_touch_record();

CREATE CONSTRAINT TRIGGER touch_record AFTER UPDATE OF first_name, last_name, username ON auth_user
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN ((OLD.first_name, OLD.last_name, OLD.username) IS DISTINCT FROM (NEW.first_name, NEW.last_name, NEW.username))
EXECUTE FUNCTION claims_touch_record();

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION claims_publication_authors() SET search_path = pg_catalog, %I, pg_temp',
                   current_schema());
END
$$;

UPDATE claims_publishedclaim AS c SET wording = p.document::jsonb ->> 'claim'
FROM claims_publication AS p WHERE p.sequence = c.publication_id;
