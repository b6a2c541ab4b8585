package phr.gateway.record.choice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a measurement comes from: what one source measures is added up, what several measure is not. Versions of a device or an
 * application are the same source.
 *
 * @param store namespace of its identifiers, e.g. {@code urn:phr:source:health-connect}
 * @param device model or name, empty = not stated
 * @param app application that wrote it, or the person's name for the device, empty = not stated
 */
public record LifelogSource(String store, String device, String app) {

    /** Kinds of sources, the one first that is believed by default (lifelog.md §4, several sources). */
    public enum Kind {
        WATCH,
        PHONE,
        APP
    }

    /** Names of models as makers give them; what matches nothing is an application. */
    private static final Pattern WATCH = Pattern.compile(
            "watch|fitbit|\\bgarmin\\b|\\boura\\b|forerunner|f[eē]nix|v[ií]vo(smart|active|fit|move)|\\bvenu\\b|\\b(versa|inspire|charge|sense|ionic) ?\\d*\\b"
                    + "|\\b(smart )?band\\b|\\b(oura|galaxy )?ring\\b|\\bsm-[rl]\\d|whoop|腕時計|活動量計|ウォッチ",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern PHONE = Pattern.compile(
            "phone|\\bpixel\\b|\\bgalaxy\\b|\\bsm-[acefgmnsx]\\d|xperia|aquos|arrows|zenfone|redmi|\\boppo\\b|\\bso-?\\d\\d|\\bsh-?\\d\\d"
                    + "|\\bsh-[a-z]\\d\\d|\\bso[gv]\\d\\d|\\bsh[gv]\\d\\d|スマートフォン|スマホ|携帯",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** The default order: by kind, then by name, so that it is the same whatever came first. */
    static final Comparator<LifelogSource> BY_KIND = Comparator.comparing(LifelogSource::kind)
            .thenComparing(LifelogSource::device)
            .thenComparing(LifelogSource::app)
            .thenComparing(LifelogSource::store);

    /**
     * The source of an Observation as its device says.
     *
     * @param store namespace of its source identity
     */
    public static LifelogSource of(String store, JsonNode observation) {
        JsonNode reference = observation.path("device");
        String target = reference.path("reference").asText();
        for (JsonNode contained : observation.path("contained")) {
            if (target.equals("#" + contained.path("id").asText())) {
                return described(store, contained);
            }
        }
        return new LifelogSource(
                store,
                first(reference.path("display"), reference.at("/identifier/value"), reference.path("reference")),
                "");
    }

    private static LifelogSource described(String store, JsonNode device) {
        String model = first(named(device, "model-name"), device.path("modelNumber"), device.path("manufacturer"));
        return new LifelogSource(store, model, first(named(device, "user-friendly-name")));
    }

    private static JsonNode named(JsonNode device, String type) {
        for (JsonNode name : device.path("deviceName")) {
            if (name.path("type").asText().equals(type)) {
                return name.path("name");
            }
        }
        return MissingNode.getInstance();
    }

    private static String first(JsonNode... texts) {
        return Stream.of(texts)
                .map(text -> text.asText().strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** What it is, as far as its name tells. */
    public Kind kind() {
        Kind kind = kindOf(device);
        return kind == Kind.APP ? kindOf(app) : kind;
    }

    private static Kind kindOf(String name) {
        return WATCH.matcher(name).find() ? Kind.WATCH : PHONE.matcher(name).find() ? Kind.PHONE : Kind.APP;
    }

    /** For people: what is stated of it. */
    public String text() {
        if (app.isEmpty() && device.isEmpty()) {
            return store;
        }
        return app.isEmpty() ? device : device.isEmpty() ? app : app + " (" + device + ")";
    }
}
