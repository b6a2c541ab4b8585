package phr.gateway.notices;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantee;
import phr.fhir.PersonId;

/** Which organisations a directive is about: those it names, and those that received data under it. */
final class Recipients {

    private static final String REFERENCE = "Organization/";

    private final Connection connection;
    private final PersonId person;

    Recipients(Connection connection, PersonId person) {
        this.connection = connection;
        this.person = person;
    }

    /**
     * Organisations named by the directive that know the person, with their id of her. Persons, groups and relationships name
     * nobody who could be told; {@link #served} finds whom they brought in.
     */
    Map<String, UUID> named(Directive directive) throws SQLException {
        Set<String> ids = new TreeSet<>();
        Collection<Grantee> grantees = directive.base().grantees();
        if (grantees != null) {
            for (Grantee grantee : grantees) {
                ids.addAll(named(grantee));
            }
        }
        return acquainted(ids);
    }

    /** Organisations that received data under any version of the directive. */
    Map<String, UUID> served(String directive) throws SQLException {
        return acquainted(organisations(
                "select distinct e.organisation from audit_entry e where e.person = ? and e.outcome = 'PERMIT'"
                        + " and e.organisation is not null"
                        + " and exists (select 1 from unnest(e.directives) d where split_part(d, '@', 1) = ?)",
                person.value(),
                directive));
    }

    private Set<String> named(Grantee grantee) throws SQLException {
        return switch (grantee.kind()) {
            case ORGANISATION -> Set.of(bare(grantee.id()));
            case APP -> organisations("select organisation from organisation_client where client = ?", grantee.id());
            case CLASS ->
                organisations(
                        "select p.organisation from pairwise_id p join organisation o on o.id = p.organisation"
                                + " where p.person = ? and ? = any(o.classes)",
                        person.value(),
                        grantee.id());
            default -> grantee.organisation() == null ? Set.of() : Set.of(bare(grantee.organisation()));
        };
    }

    /** Those of them that know the person, with their id of her. */
    Map<String, UUID> acquainted(Set<String> organisations) throws SQLException {
        Map<String, UUID> known = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select organisation, patient from pairwise_id where person = ? and organisation = any(?)")) {
            select.setObject(1, person.value());
            select.setArray(2, connection.createArrayOf("text", organisations.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    known.put(row.getString(1), row.getObject(2, UUID.class));
                }
            }
        }
        return known;
    }

    private Set<String> organisations(String sql, Object... parameters) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
        }
        return found;
    }

    private static String bare(String id) {
        return id.startsWith(REFERENCE) ? id.substring(REFERENCE.length()) : id;
    }
}
