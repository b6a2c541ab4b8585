package phr.gateway.judgement;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.fhir.Fhir;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.judgement.Judgement;
import phr.fhir.judgement.Thresholds;
import phr.gateway.record.MayBeIncomplete;

/** One page as Parameters. Every page says what it is not. */
final class JudgementWriter {

    private static final String DISCLAIMER = "公表されている判定値と比べた参考情報であり、診断ではありません。結果の意味は医師などにお尋ねください。"
            + " Information beside published thresholds, no diagnosis: ask a doctor what a result means.";
    private static final String OUTCOMES = Fhir.CANONICAL + "/CodeSystem/checkup-judgement";
    private static final String SERIES = Fhir.CANONICAL + "/CodeSystem/checkup-concept";
    private static final String UCUM = "http://unitsofmeasure.org";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json;

    JudgementWriter(Permit permit) {
        try {
            json = new JsonFactory().createGenerator(bytes);
            json.writeStartObject();
            json.writeStringField("resourceType", "Parameters");
            if (MayBeIncomplete.concerns(permit)) {
                json.writeFieldName("meta");
                json.writeRawValue(MayBeIncomplete.META);
            }
            json.writeArrayFieldStart("parameter");
            text("disclaimer", "valueString", DISCLAIMER);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    void add(UUID id, Observation result, Judgement judgement) {
        try {
            json.writeStartObject();
            json.writeStringField("name", "judgement");
            json.writeArrayFieldStart("part");
            json.writeStartObject();
            json.writeStringField("name", "observation");
            json.writeObjectFieldStart("valueReference");
            json.writeStringField("reference", "Observation/" + id);
            json.writeEndObject();
            json.writeEndObject();
            result(result, judgement);
            outcome(judgement);
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    private void result(Observation result, Judgement judgement) throws IOException {
        coding(
                "item",
                CheckupSystem.ITEM.url(),
                judgement.item(),
                CheckupItems.find(judgement.item()).map(CheckupItem::name).orElse(null));
        coding("series", SERIES, judgement.concept().code(), judgement.concept().name());
        String day = result.hasEffectiveDateTimeType()
                ? result.getEffectiveDateTimeType().getValueAsString()
                : null;
        if (day != null) {
            text("effective", "valueDateTime", day);
        }
        Quantity value = result.getValueQuantity();
        quantity(
                "value",
                value.getValue(),
                value.hasComparator() ? value.getComparator().toCode() : null,
                value.getUnit(),
                value.getSystem(),
                value.getCode());
    }

    private void outcome(Judgement judgement) throws IOException {
        coding("outcome", OUTCOMES, judgement.outcome().code(), null);
        if (judgement.reason() != null) {
            coding("reason", OUTCOMES, judgement.reason().code(), null);
        }
        Thresholds thresholds = judgement.thresholds();
        if (thresholds != null) {
            threshold("guidance", thresholds, thresholds.guidance());
            threshold("referral", thresholds, thresholds.referral());
            if (thresholds.sex() != null) {
                text("sex", "valueCode", thresholds.sex().toCode());
            }
            text("table", "valueString", thresholds.version());
            text("source", "valueString", thresholds.source());
            json.writeStartObject();
            json.writeStringField("name", "single-source");
            json.writeBooleanField("valueBoolean", thresholds.singleSource());
            json.writeEndObject();
        }
    }

    private void threshold(String name, Thresholds thresholds, @Nullable BigDecimal threshold) throws IOException {
        if (threshold != null) {
            String unit = thresholds.unit();
            quantity(name, threshold, thresholds.side().sign(), unit, UCUM, unit);
        }
    }

    private void quantity(
            String name,
            BigDecimal value,
            @Nullable String comparator,
            @Nullable String unit,
            @Nullable String system,
            @Nullable String code)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeObjectFieldStart("valueQuantity");
        json.writeNumberField("value", value);
        optional("comparator", comparator);
        optional("unit", unit);
        optional("system", system);
        optional("code", code);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void coding(String name, String system, String code, @Nullable String display) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeObjectFieldStart("valueCoding");
        json.writeStringField("system", system);
        json.writeStringField("code", code);
        optional("display", display);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void text(String name, String type, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField(type, value);
        json.writeEndObject();
    }

    private void optional(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** @param next address of the next page */
    byte[] end(@Nullable String next) {
        try {
            if (next != null) {
                text("next", "valueUri", next);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }
}
