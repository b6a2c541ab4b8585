package phr.gateway.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A client application of an organisation. */
@Entity
@Table(name = "organisation_client")
@IdClass(ClientRow.Key.class)
class ClientRow {

    record Key(String organisation, String client) implements Serializable {}

    @Id
    String organisation;

    @Id
    String client;

    @Column
    boolean processor;
}
