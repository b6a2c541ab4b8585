package phr.consent.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import phr.fhir.PersonId;

/** The consent epoch of a person: a number that grows with every change of her consents (consent-semantics.md §15). */
@ApplicationScoped
public class ConsentEpochs {

    private static final String CURRENT = "select coalesce((select epoch from consent_epoch where person_id = ?), 0),"
            + " coalesce((select epoch from consent_epoch where person_id = ?), 0)";

    /** Stands for all persons; its epoch is part of everybody's decisions. */
    private static final PersonId EVERYBODY = new PersonId(new UUID(0, 0));

    private final DataSource dataSource;
    private final EntityManager entities;

    ConsentEpochs(DataSource dataSource, EntityManager entities) {
        this.dataSource = dataSource;
        this.entities = entities;
    }

    /**
     * Where a person's consents stand.
     *
     * @param everybody grows when something changes that concerns everybody
     */
    public record Standing(long person, long everybody) {}

    /**
     * The epoch as committed now; 0 when nothing was ever recorded.
     *
     * @throws IllegalStateException when the database cannot tell
     */
    public long current(PersonId person) {
        return standing(person).person();
    }

    /**
     * Both epochs in one statement.
     *
     * @throws IllegalStateException when the database cannot tell
     */
    public Standing standing(PersonId person) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(CURRENT)) {
            query.setObject(1, person.value());
            query.setObject(2, EVERYBODY.value());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Standing(row.getLong(1), row.getLong(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("consent epoch cannot be read", e);
        }
    }

    /** As {@link #bump}, for what concerns everybody: suspended parties, disaster modes. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void bumpEverybody() {
        bump(EVERYBODY);
    }

    /** Makes every permit of the person stale when the surrounding transaction commits. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void bump(PersonId person) {
        lock(person);
        entities.createNativeQuery("update consent_epoch set epoch = epoch + 1 where person_id = ?1")
                .setParameter(1, person.value())
                .executeUpdate();
    }

    /** Makes whoever else wants to change the person's consents wait until the surrounding transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void lock(PersonId person) {
        entities.createNativeQuery("insert into consent_epoch (person_id, epoch) values (?1, 0) on conflict do nothing")
                .setParameter(1, person.value())
                .executeUpdate();
        entities.createNativeQuery("select epoch from consent_epoch where person_id = ?1 for update")
                .setParameter(1, person.value())
                .getSingleResult();
    }
}
