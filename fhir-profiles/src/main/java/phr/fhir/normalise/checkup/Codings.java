package phr.fhir.normalise.checkup;

import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupSystem;

/** Short ways to codings. */
final class Codings {

    private static final Pattern OID = Pattern.compile("[0-2](\\.(0|[1-9]\\d{0,30})){1,30}");

    private Codings() {}

    static Coding of(CheckupSystem system, String code) {
        return new Coding().setSystem(system.url()).setCode(code);
    }

    static CodeableConcept concept(CheckupSystem system, String code) {
        return new CodeableConcept().addCoding(of(system, code));
    }

    static boolean isOid(@Nullable String text) {
        return text != null && OID.matcher(text).matches();
    }

    /** A coding under a received OID; without a system when it is none. */
    static Coding under(@Nullable String oid, String code) {
        Coding coding = new Coding().setCode(code);
        return isOid(oid) ? coding.setSystem("urn:oid:" + oid) : coding;
    }
}
