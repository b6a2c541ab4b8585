package phr.fhir.normalise.lifelog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.hl7.fhir.r4.model.Device;
import org.jspecify.annotations.Nullable;

/**
 * What the header of an Open mHealth point says; both spellings of its fields (lifelog.md §2.4).
 *
 * @param namespace of the schema id
 * @param name of the schema id
 * @param version of the schema id
 * @param uuid of the point in lower case, null when absent or no UUID
 * @param created as written, null when absent
 * @param manual the person typed the value in
 * @param sourceName application or service it was acquired from, empty = not stated
 * @param manufacturer of the device, empty = not stated
 * @param model of the device, empty = not stated
 */
record PointHeader(
        String namespace,
        String name,
        String version,
        @Nullable String uuid,
        @Nullable String created,
        boolean manual,
        String sourceName,
        String manufacturer,
        String model) {

    static PointHeader of(JsonNode header) {
        JsonNode schema = header.path("schema_id");
        JsonNode provenance = header.path("acquisition_provenance");
        String modality = text(header, "modality") + text(provenance, "modality");
        return new PointHeader(
                text(schema, "namespace"),
                text(schema, "name"),
                text(schema, "version"),
                uuid(text(header, "uuid").isEmpty() ? text(header, "id") : text(header, "uuid")),
                created(header, provenance),
                modality.replace('_', '-').equals("self-reported"),
                text(provenance, "source_name"),
                sheet(header, "manufacturer"),
                sheet(header, "model"));
    }

    boolean complete() {
        return !namespace.isEmpty() && !name.isEmpty();
    }

    /** The device as the source describes it, null when it does not. */
    @Nullable
    Device device() {
        if (manufacturer.isEmpty() && model.isEmpty()) {
            return null;
        }
        Device device = new Device();
        device.setId("device");
        if (!manufacturer.isEmpty()) {
            device.setManufacturer(manufacturer);
        }
        if (!model.isEmpty()) {
            device.addDeviceName().setName(model).setType(Device.DeviceNameType.MODELNAME);
        }
        return device;
    }

    private static @Nullable String created(JsonNode header, JsonNode provenance) {
        for (String written : new String[] {
            text(header, "source_creation_date_time"),
            text(provenance, "source_creation_date_time"),
            text(header, "creation_date_time")
        }) {
            if (!written.isEmpty()) {
                return written;
            }
        }
        return null;
    }

    private static @Nullable String uuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equalsIgnoreCase(text) ? uuid.toString() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String sheet(JsonNode header, String type) {
        for (String spelling : new String[] {"external_data_sheets", "external_datasheets"}) {
            for (JsonNode sheet : header.path(spelling)) {
                if (text(sheet, "datasheet_type").equals(type)) {
                    return text(sheet, "datasheet_reference");
                }
            }
        }
        return "";
    }

    /** Empty text is the same as no text. */
    private static String text(JsonNode owner, String name) {
        JsonNode value = owner.path(name);
        return value.isTextual() ? value.textValue().strip() : value.isNumber() ? value.asText() : "";
    }
}
