package phr.fhir.normalise.apple;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Device;
import phr.fhir.normalise.sleep.SleepSource;

/**
 * What a record says of its device and its application.
 *
 * @param source name of the application or device that wrote the record, normalised
 * @param version of the application
 * @param parts {@code name}, {@code manufacturer}, {@code model}, {@code hardware}, {@code software} … as far as stated
 */
record AppleDevice(String source, String version, Map<String, String> parts) {

    private static final Pattern PART =
            Pattern.compile("(?:^|, )(name|manufacturer|model|hardware|firmware|software|localIdentifier):");

    /** @param text of the attribute {@code device} without the address that it begins with; empty = absent */
    static AppleDevice of(String source, String version, String text) {
        Map<String, String> parts = new HashMap<>();
        Matcher matcher = PART.matcher(text);
        String name = "";
        int from = 0;
        while (matcher.find()) {
            put(parts, name, text.substring(from, matcher.start()));
            name = matcher.group(1);
            from = matcher.end();
        }
        put(parts, name, text.substring(from));
        return new AppleDevice(normalised(source), version.strip(), Map.copyOf(parts));
    }

    private static void put(Map<String, String> parts, String name, String value) {
        String text =
                value.endsWith(">") ? value.substring(0, value.length() - 1).strip() : value.strip();
        if (!name.isEmpty() && !text.isEmpty()) {
            parts.putIfAbsent(name, text);
        }
    }

    /** The same name however its apostrophes and blanks were typed. */
    private static String normalised(String source) {
        return Normalizer.normalize(source, Normalizer.Form.NFC)
                .replace('\u2019', '\'')
                .replace('\u2018', '\'')
                .replace('\u00a0', ' ')
                .strip();
    }

    /** The model as derived keys know it (lifelog.md §4). */
    String model() {
        String model = part("hardware").isEmpty() ? part("model") : part("hardware");
        return model.isEmpty() ? part("name") : model;
    }

    /** Which of several sources is believed: a watch before a phone before anything else. */
    int rank() {
        String model = model() + " " + part("model");
        if (model.contains("Watch")) {
            return SleepSource.WATCH;
        }
        return model.contains("iPhone") ? SleepSource.PHONE : SleepSource.APP;
    }

    Device fhir() {
        Device device = new Device();
        device.setId("device");
        if (!part("manufacturer").isEmpty()) {
            device.setManufacturer(part("manufacturer"));
        }
        if (!model().isEmpty()) {
            device.addDeviceName().setName(model()).setType(Device.DeviceNameType.MODELNAME);
        }
        device.addDeviceName().setName(source).setType(Device.DeviceNameType.USERFRIENDLYNAME);
        version(device, "hardware", part("hardware"));
        version(device, "software", part("software"));
        version(device, "application", version);
        return device;
    }

    private static void version(Device device, String type, String value) {
        if (!value.isEmpty()) {
            device.addVersion().setType(new CodeableConcept().setText(type)).setValue(value);
        }
    }

    private String part(String name) {
        return parts.getOrDefault(name, "");
    }
}
