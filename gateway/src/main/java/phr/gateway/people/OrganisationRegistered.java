package phr.gateway.people;

/** An organisation, or its clients, have been registered or changed; sent when that is committed. */
public record OrganisationRegistered(String id) {}
