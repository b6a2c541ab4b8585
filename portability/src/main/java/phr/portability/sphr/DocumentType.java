package phr.portability.sphr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Document types of {@code index.phr} with the codes of both families of readers (phr-package.md §3). */
public enum DocumentType {
    WEIGHT(
            "OMH体重記録",
            "omh-body-weight-2.0",
            "https://w3id.org/openmhealth/schemas/omh/body-weight-2.0.json",
            "https://openmhealth.org#body-weight-2.0"),
    BLOOD_PRESSURE(
            "OMH血圧記録", "omh-blood-pressure-4.0", "https://w3id.org/openmhealth/schemas/omh/blood-pressure-4.0.json"),
    STEPS(
            "IEEE歩数記録",
            "ieee-physical-activity-1.0",
            "https://sagroups.ieee.org/1752/pam-subgroup#ieee-physical-activity-1.0"),
    TEMPERATURE(
            "OMH体温記録",
            "omh-body-temperature-3.0",
            "https://openmhealth.org#body-temperature-3.0",
            "https://w3id.org/openmhealth/schemas/omh/body-temperature-4.0.json"),
    OXYGEN_SATURATION("OMH酸素飽和度記録", "omh-oxygen-saturation-2.0", "https://openmhealth.org#oxygen-saturation-2.0"),
    HEART_RATE("心拍数記録", "", "https://openmhealth.org#heart-rate-2.0"),
    GLUCOSE("血糖記録", "", "https://w3id.org/openmhealth/schemas/omh/blood-glucose-4.0"),
    DISPENSING("調剤歴(マイナポータル)", "myna-prescription-202407", "https://myna.go.jp#myna-prescription-202407"),
    MEDICATION_NOTEBOOK("調剤歴(お薬手帳QRコード)", "JAHISTC-08", "https://myna.go.jp#JAHISTC-08"),
    VACCINATION("予防接種歴", "myna-vaccination-202407", "https://myna.go.jp#myna-vaccination-202407"),
    DIALYSIS("透析情報", "", "https://www.jsdt.or.jp#http://loinc.org#29749-9"),
    PDF("PDF全般", "", "generic-pdf"),
    IMAGE("画像全般", "", "generic-image"),
    HL7_V2("検査結果(HL7 V2)", "", "HL7-ORU-R01"),
    UNSPECIFIED("未指定", "", "unspecified");

    /** System of the codes that the METI library writes and reads. */
    public static final String LIBRARY = "http://phr.or.jp/fhir/doctype";

    /** System of the PHR council's codes. */
    public static final String COUNCIL = "http://phr.or.jp/fhir/CodeSystem/document-type";

    private static final String CHECKUP = "1.2.392.200119.6.1001";

    private final String japanese;
    private final String library;
    private final List<String> council;

    DocumentType(String japanese, String library, String... council) {
        this.japanese = japanese;
        this.library = library;
        this.council = List.of(council);
    }

    /** The library's code first where one exists, the council's second. */
    public List<Coding> codings() {
        Coding own = new Coding(COUNCIL, council.get(0), japanese);
        return library.isEmpty() ? List.of(own) : List.of(new Coding(LIBRARY, library, japanese), own);
    }

    /** The type that a code of either system means, in any of its versions. */
    public static Optional<DocumentType> of(Coding coding) {
        for (DocumentType type : values()) {
            boolean library =
                    coding.system().equals(LIBRARY) && !type.library.isEmpty() && type.library.equals(coding.code());
            boolean council = coding.system().equals(COUNCIL) && type.council.contains(coding.code());
            if (library || council) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * Codings for the index from those a document carries: known ones in the order the readers expect, checkup codes as they
     * are, anything unknown kept behind {@code unspecified}.
     */
    public static List<Coding> codingsFor(List<Coding> carried, DocumentType otherwise) {
        for (Coding coding : carried) {
            Optional<DocumentType> known = of(coding);
            if (known.isPresent()) {
                return known.get().codings();
            }
        }
        List<Coding> checkup = carried.stream().filter(DocumentType::checkup).toList();
        if (!checkup.isEmpty()) {
            return checkup(checkup);
        }
        List<Coding> codings = new ArrayList<>(otherwise.codings());
        codings.addAll(carried);
        return codings;
    }

    private static boolean checkup(Coding coding) {
        return coding.system().endsWith(CHECKUP)
                || (coding.system().equals(COUNCIL) && coding.code().startsWith("urn:oid:" + CHECKUP + "#"));
    }

    private static List<Coding> checkup(List<Coding> carried) {
        Coding first = carried.get(0);
        String code = first.code().substring(first.code().indexOf('#') + 1);
        String bare = code.indexOf('|') < 0 ? code : code.substring(0, code.indexOf('|'));
        String system = carried.stream()
                .map(Coding::system)
                .filter(name -> !name.equals(COUNCIL))
                .findFirst()
                .orElse(CHECKUP);
        return List.of(
                new Coding(system, bare, first.display()),
                carried.stream()
                        .filter(coding -> coding.system().equals(COUNCIL))
                        .findFirst()
                        .orElse(new Coding(COUNCIL, "urn:oid:" + CHECKUP + "#" + bare, first.display())));
    }
}
