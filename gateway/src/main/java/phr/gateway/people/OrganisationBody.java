package phr.gateway.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Grantee;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

/**
 * An organisation as the operator writes it.
 *
 * @param address postal address, and {@code representative} of a corporation: both stand in the ledgers (APPI 29)
 * @param contact for questions of people
 * @param webhook where notices are sent ({@link WebhookAddress})
 * @param emergency its emergency staff may break the glass; null = as it was
 * @param suspended it gets nothing; null = as it was
 * @param linkage data of people are fetched from it again and again (期間連携), so consent to that lasts one window; null = as it was
 * @param areas municipality codes of its places of work, five digits; null = as they were
 */
record OrganisationBody(
        String name,
        List<String> classes,
        String country,
        List<Client> clients,
        @Nullable String address,
        @Nullable String representative,
        @Nullable String contact,
        @Nullable String webhook,
        @Nullable Boolean emergency,
        @Nullable Boolean suspended,
        @Nullable Boolean linkage,
        @Nullable List<String> areas) {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final Pattern AREA = Pattern.compile("[0-9]{5}");

    /** @param processor its vendor processes for this organisation (委託) */
    record Client(String id, boolean processor) {}

    /** As the list shows it; a webhook is between the operator and the organisation. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed(
            String id,
            String name,
            List<String> classes,
            String country,
            List<Client> clients,
            @Nullable String address,
            @Nullable String representative,
            @Nullable String contact,
            boolean emergency,
            boolean suspended,
            boolean linkage,
            List<String> areas) {}

    OrganisationBody(
            @Nullable String name,
            @Nullable List<String> classes,
            @Nullable String country,
            @Nullable List<Client> clients,
            @Nullable String address,
            @Nullable String representative,
            @Nullable String contact,
            @Nullable String webhook,
            @Nullable Boolean emergency,
            @Nullable Boolean suspended,
            @Nullable Boolean linkage,
            @Nullable List<String> areas) {
        this.name = name == null ? "" : name.strip();
        this.classes = classes == null ? List.of() : List.copyOf(classes);
        this.country = country == null ? "JP" : country;
        this.clients = clients == null ? List.of() : List.copyOf(clients);
        this.address = address;
        this.representative = representative;
        this.contact = contact;
        this.webhook = webhook;
        this.emergency = emergency;
        this.suspended = suspended;
        this.linkage = linkage;
        this.areas = areas == null ? null : List.copyOf(areas);
    }

    /** @throws phr.fhir.failure.FailureException INVALID with one issue per fault */
    void check(Set<String> firstParty, boolean loopback) {
        List<Issue> issues = new ArrayList<>();
        if (name.isEmpty() || name.length() > 200) {
            issues.add(issue("a name of at most 200 characters is required", "/name"));
        }
        if (classes.isEmpty() || !Grantee.CLASSES.containsAll(classes)) {
            issues.add(issue("at least one known organisation class is required", "/classes"));
        }
        if (!COUNTRIES.contains(country)) {
            issues.add(issue("an ISO 3166-1 alpha-2 country code is required", "/country"));
        }
        if (areas != null && !areas.stream().allMatch(area -> AREA.matcher(area).matches())) {
            issues.add(issue("an area is a municipality code of five digits", "/areas"));
        }
        for (int i = 0; i < clients.size(); i++) {
            checkClient(clients.get(i), "/clients/" + i, firstParty, issues);
        }
        if (clients.stream().map(Client::id).distinct().count() < clients.size()) {
            issues.add(issue("a client stands here twice", "/clients"));
        }
        shortText(address, "/address", issues);
        shortText(representative, "/representative", issues);
        shortText(contact, "/contact", issues);
        if (webhook != null) {
            WebhookAddress.fault(webhook, loopback).ifPresent(fault -> issues.add(issue(fault, "/webhook")));
        }
        if (!issues.isEmpty()) {
            throw new Failure(Category.INVALID, issues).exception();
        }
    }

    private static void shortText(@Nullable String text, String where, List<Issue> issues) {
        if (text != null && (text.isBlank() || text.length() > 300)) {
            issues.add(issue("a text of at most 300 characters is expected", where));
        }
    }

    private static void checkClient(Client client, String where, Set<String> firstParty, List<Issue> issues) {
        if (client.id() == null || !CLIENT.matcher(client.id()).matches()) {
            issues.add(issue("a client id is required", where + "/id"));
        } else if (firstParty.contains(client.id())) {
            issues.add(issue("the provider's own applications belong to no organisation", where + "/id"));
        }
    }

    private static Issue issue(String text, String where) {
        return Issue.error(Category.INVALID.issueCode(), "organisation", text, where);
    }
}
