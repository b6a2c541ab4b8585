package phr.gateway.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;
import phr.fhir.validate.ValidatedBatches;

/** An invented resource in the making; each step gives another one. */
record Sample(Facts facts, SourceIdentity source, Map<String, Set<String>> tokens, String content) {

    static final String SOURCE = "https://phr-b.example/fhir";
    static final String OWN = "https://phr-a.example/fhir";

    static PersonId somebody() {
        return new PersonId(UUID.randomUUID());
    }

    /** Normal, vital signs, of 2026-04-01, without codes and links. */
    static Sample of(PersonId person, String type, String key) {
        UUID id = Ids.ofSource(SOURCE, person + "/" + type + "/" + key);
        Facts facts = new Facts(
                type,
                id,
                null,
                "phr-citizen",
                null,
                Tokens.of(Set.of("lifelog-vitals")),
                Tokens.ABSENT,
                Tokens.ABSENT,
                Set.of(),
                Labels.NORMAL,
                day(LocalDate.of(2026, 4, 1)));
        return new Sample(facts, new SourceIdentity(SOURCE, type + "/" + key, null), Map.of(), "plain");
    }

    static DataTime day(LocalDate date) {
        Instant from = date.atStartOfDay(java.time.ZoneOffset.ofHours(9)).toInstant();
        return DataTime.between(from, from.plusSeconds(24 * 60 * 60));
    }

    UUID id() {
        return facts.id();
    }

    String reference() {
        return facts.reference();
    }

    Sample content(String text) {
        return new Sample(facts, source, tokens, text);
    }

    Sample source(String namespace, String sourceId) {
        return new Sample(facts, new SourceIdentity(namespace, sourceId, null), tokens, content);
    }

    Sample tokens(Map<String, Set<String>> values) {
        return new Sample(facts, source, values, content);
    }

    Sample facts(Facts other) {
        return new Sample(other, source, tokens, content);
    }

    Sample id(UUID id) {
        return facts(new Facts(
                facts.type(),
                id,
                facts.documentType(),
                facts.source(),
                facts.device(),
                facts.categories(),
                facts.codes(),
                facts.authors(),
                facts.linksOut(),
                facts.labels(),
                facts.time()));
    }

    Sample categories(Tokens categories) {
        return with(categories, facts.codes(), facts.linksOut(), facts.labels(), facts.time());
    }

    Sample codes(String... codes) {
        return with(facts.categories(), Tokens.of(Set.of(codes)), facts.linksOut(), facts.labels(), facts.time());
    }

    Sample links(String... references) {
        return with(facts.categories(), facts.codes(), Set.of(references), facts.labels(), facts.time());
    }

    Sample labels(Labels labels) {
        return with(facts.categories(), facts.codes(), facts.linksOut(), labels, facts.time());
    }

    Sample time(DataTime time) {
        return with(facts.categories(), facts.codes(), facts.linksOut(), facts.labels(), time);
    }

    private Sample with(Tokens categories, Tokens codes, Set<String> links, Labels labels, DataTime time) {
        return facts(new Facts(
                facts.type(),
                facts.id(),
                facts.documentType(),
                facts.source(),
                facts.device(),
                categories,
                codes,
                facts.authors(),
                links,
                labels,
                time));
    }

    Document document() {
        String json = head() + tail();
        return new Document(
                facts, source, List.of("http://example.org/p"), tokens, json.getBytes(StandardCharsets.UTF_8));
    }

    String head() {
        return "{\"resourceType\":\"" + facts.type() + "\",\"id\":\"" + facts.id() + "\"";
    }

    String tail() {
        return ",\"note\":[{\"text\":\"" + content + "\"}]}";
    }

    static Intake intake(PersonId person) {
        Account account =
                new Account(person, "山田 花子", "ヤマダ ハナコ", AdministrativeGender.FEMALE, LocalDate.of(1980, 4, 1));
        return new Intake(
                account,
                Content.of(new byte[0]),
                "Patient/" + person,
                "phr-citizen",
                OWN,
                Instant.parse("2026-04-02T00:00:00Z"),
                false,
                null);
    }

    static Validated batch(PersonId person, Sample... samples) {
        return batch(person, List.of(samples), List.of());
    }

    static Validated batch(PersonId person, List<Sample> samples, List<Original> originals) {
        List<Document> documents = samples.stream().map(Sample::document).toList();
        return ValidatedBatches.of(intake(person), documents, originals);
    }

    /** What stands in the JSON after {@code meta}; null when it is not stored JSON of this sample. */
    static @Nullable String textOf(Entry entry) {
        String json = new String(entry.json(), StandardCharsets.UTF_8);
        int at = json.indexOf("\"text\":\"");
        return at < 0 ? null : json.substring(at + 8, json.lastIndexOf("\"}]}"));
    }
}
