package phr.consent.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import phr.consent.chain.ChainedRow;
import phr.consent.lifecourse.Authority;

/** A row of {@code authority}: what never changes about it; insert only. */
@Entity
@Immutable
@Table(name = "authority")
class AuthorityRow extends ChainedRow {

    @Id
    public UUID id;

    @Column(name = "kind")
    public String kind;

    @Column(name = "activation")
    public String activation;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "scope")
    public String scope;

    @Column(name = "valid_from")
    public @Nullable Instant validFrom;

    @Column(name = "valid_to")
    public @Nullable Instant validTo;

    @Column(name = "registered_by")
    public String registeredBy;

    @Override
    protected ObjectNode content() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id.toString()).put("kind", kind).put("activation", activation);
        json.set("scope", ScopeJson.write(scope()));
        put(json, "validFrom", validFrom);
        put(json, "validTo", validTo);
        return json.put("registeredBy", registeredBy);
    }

    Authority.Scope scope() {
        return ScopeJson.read(scope);
    }
}
