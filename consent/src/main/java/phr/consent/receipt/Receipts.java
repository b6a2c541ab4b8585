package phr.consent.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.CanonicalJson;
import phr.consent.directive.Condition;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Effect;
import phr.consent.directive.Grantee;
import phr.consent.directive.Purposes;
import phr.consent.directive.State;
import phr.consent.ledger.Event;
import phr.consent.ledger.Notice;
import phr.consent.ledger.Recorded;
import phr.fhir.Ids;

/**
 * Makes receipts (consent-semantics.md §16.5, fields of ISO/IEC TS 27560:2023). A receipt follows from the ledger alone: the same
 * record gives the same bytes.
 */
public final class Receipts {

    static final String SCHEMA = "phr-consent-receipt/1";

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final Set<String> JAPAN = Set.of("JP");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Controller controller;
    private final Names names;

    public Receipts(Controller controller, Names names) {
        this.controller = controller;
        this.names = names;
    }

    /**
     * @param principal the id by which the reader of the receipt knows the person
     */
    public ObjectNode receipt(Recorded recorded, String principal) {
        Directive directive = recorded.directive();
        ObjectNode json = JSON.objectNode();
        json.put("schemaVersion", SCHEMA);
        json.put("recordId", directive.id());
        json.put("receiptId", receiptId(recorded));
        json.put("principal", principal);
        json.set("notice", notice(recorded.notice()));
        json.put("language", recorded.notice().language());
        json.set("purposes", purposes(directive));
        json.put("legalBasis", directive.effect().permits() ? "CONSENT" : "NONE");
        json.set("data", data(directive));
        json.putArray("controllers").add(controller());
        json.set("recipients", recipients(directive));
        json.set(
                "country",
                texts(
                        directive.base().countries() == null
                                ? JAPAN
                                : directive.base().countries()));
        json.put("collectionMethod", recorded.method().name());
        json.set("processing", processing(directive));
        json.set("storage", storage(directive));
        conditions(json, directive);
        json.put("jurisdiction", "JP");
        json.set("withdraw", withdraw(directive));
        json.set("rights", texts(List.of("access", "correction", "erasure", "portability", "withdrawal")));
        json.put("authorityContact", "https://www.ppc.go.jp/");
        json.set("events", events(recorded));
        ObjectNode grantor = json.putObject("grantor")
                .put("capacity", directive.grantor().capacity().name());
        if (directive.grantor().authority() != null) {
            grantor.put("authorityId", directive.grantor().authority().toString());
        }
        json.set("directive", reference(recorded));
        json.putObject("text")
                .put("ja", Sentence.japanese(directive, names))
                .put("en", Sentence.english(directive, names));
        return json;
    }

    /** The receipt and its signature. */
    public SignedReceipt signed(Recorded recorded, String principal, ReceiptSigner signer) {
        ObjectNode receipt = receipt(recorded, principal);
        return new SignedReceipt(receipt, signer.sign(CanonicalJson.bytes(receipt)));
    }

    private String receiptId(Recorded recorded) {
        String name = recorded.directive().key() + "|" + recorded.events().size();
        return Ids.ofSource(controller.url(), "receipt/" + name).toString();
    }

    private ObjectNode notice(Notice notice) {
        return JSON.objectNode()
                .put("id", notice.id())
                .put("version", notice.version())
                .put("sha256", notice.sha256().hex())
                .put(
                        "url",
                        controller.url() + "/policies/" + notice.id() + "/" + notice.version() + "/"
                                + notice.language());
    }

    private static ArrayNode purposes(Directive directive) {
        ArrayNode list = JSON.arrayNode();
        Collection<String> purposes = directive.base().purposes() == null
                ? List.of()
                : directive.base().purposes();
        purposes.stream().sorted().forEach(code -> {
            ObjectNode purpose = list.addObject().put("code", code).put("type", Purposes.system(code));
            purpose.putObject("text").put("ja", Purposes.japanese(code)).put("en", Purposes.english(code));
        });
        return list;
    }

    /** The elements that choose data, exactly as the directive says them, each with what the label ceiling and period add. */
    private static ArrayNode data(Directive directive) {
        ObjectNode body = DirectiveWriter.body(directive);
        ArrayNode list = JSON.arrayNode();
        if (body.path("selectors").isArray()) {
            body.path("selectors").forEach(selector -> list.add(selector.deepCopy()));
        } else {
            list.addObject().put("category", "ALL");
        }
        list.forEach(item -> {
            ObjectNode datum = (ObjectNode) item;
            if (body.has("labels")) {
                datum.set("labels", body.get("labels"));
            }
            datum.set("period", body.has("dataPeriod") ? body.get("dataPeriod") : JSON.textNode("ANY"));
            datum.put("optional", true);
        });
        return list;
    }

    private ObjectNode controller() {
        ObjectNode json = JSON.objectNode().put("id", controller.id()).put("name", controller.name());
        put(json, "address", controller.address());
        put(json, "contact", controller.contact());
        return json.put("role", "PHR_PROVIDER");
    }

    private ArrayNode recipients(Directive directive) {
        ArrayNode list = JSON.arrayNode();
        Collection<Grantee> grantees = directive.base().grantees() == null
                ? List.of()
                : directive.base().grantees();
        grantees.stream().sorted().forEach(grantee -> {
            ObjectNode recipient = list.addObject().put("kind", grantee.kind().name());
            put(recipient, "id", grantee.id().isEmpty() ? null : grantee.id());
            put(recipient, "name", names.of(grantee));
        });
        return list;
    }

    private static ArrayNode processing(Directive directive) {
        return directive.base().actions() == null
                ? texts(List.of("ALL"))
                : texts(directive.base().actions().stream().map(Action::code).toList());
    }

    private ObjectNode withdraw(Directive directive) {
        ObjectNode json = JSON.objectNode().put("url", controller.url() + "/consents/" + directive.id() + "/$revoke");
        json.set("steps", texts(List.of("portal: consents > withdraw")));
        json.putObject("text")
                .put("ja", "いつでも撤回できます。撤回した後は提供されません。すでに適法に提供された情報は、撤回しても取り消されません。消去は別の手続きです。")
                .put(
                        "en",
                        "You can withdraw at any time; after that nothing more is given. What was lawfully given before is not"
                                + " undone by withdrawal. Erasure is a separate act.");
        return json;
    }

    /** {@code eraseBy} is what the recipient promises; the record itself stays until the person has it erased. */
    private ObjectNode storage(Directive directive) {
        ObjectNode json =
                JSON.objectNode().put("location", controller.country()).put("retention", "UNTIL_ERASED");
        directive.conditions().stream()
                .map(Condition::instant)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .ifPresent(instant -> json.put("eraseBy", time(instant)));
        return json;
    }

    private static void conditions(ObjectNode json, Directive directive) {
        JsonNode conditions = DirectiveWriter.body(directive).path("conditions");
        if (!conditions.isEmpty()) {
            json.set("conditions", conditions);
        }
    }

    private static ArrayNode events(Recorded recorded) {
        JsonNode validity = DirectiveWriter.write(recorded.directive()).path("validity");
        ArrayNode list = JSON.arrayNode();
        State state = State.PROPOSED;
        for (Event event : recorded.events()) {
            state = event.type().after(state);
            if (event.version() <= recorded.directive().version()) {
                ObjectNode json = list.addObject()
                        .put("at", time(event.recordedAt()))
                        .put("type", event.type().name())
                        .put("state", state.name())
                        .put("version", event.version())
                        .put("entity", event.actor());
                json.set("validity", validity.isMissingNode() ? JSON.textNode("ANY") : validity);
            }
        }
        return list;
    }

    private static ObjectNode reference(Recorded recorded) {
        Effect effect = recorded.directive().effect();
        return JSON.objectNode()
                .put("id", recorded.directive().id())
                .put("version", recorded.directive().version())
                .put("effect", effect.name())
                .put("bodySha256", recorded.bodySha256().hex());
    }

    private static String time(Instant instant) {
        return SECONDS.format(instant.atZone(TOKYO));
    }

    private static ArrayNode texts(Collection<String> values) {
        ArrayNode list = JSON.arrayNode();
        values.stream().sorted().forEach(list::add);
        return list;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
