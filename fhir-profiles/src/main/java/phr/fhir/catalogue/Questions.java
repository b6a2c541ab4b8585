package phr.fhir.catalogue;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import phr.fhir.jp.CheckupOid;

/** What a questionnaire (問診) asks, as codes: instruments and items of LOINC, items of the checkup table. */
final class Questions {

    private static final String LOINC = "http://loinc.org";
    private static final Pattern INSTRUMENT = Pattern.compile("http://loinc\\.org/(?:q/)?(\\d{1,7}-\\d)(?:\\|.*)?");
    private static final Pattern LOINC_ITEM = Pattern.compile("(?:.*/)?(\\d{1,7}-\\d)");
    private static final Pattern CHECKUP_ITEM = Pattern.compile("[0-9][0-9A-Z]{16}");

    private Questions() {}

    static Set<String> of(QuestionnaireResponse response) {
        Set<String> codes = new TreeSet<>();
        Matcher instrument = INSTRUMENT.matcher(String.valueOf(response.getQuestionnaire()));
        if (instrument.matches()) {
            codes.add(LOINC + "|" + instrument.group(1));
        }
        response.getItem().forEach(item -> item(item, codes));
        return codes;
    }

    private static void item(QuestionnaireResponse.QuestionnaireResponseItemComponent item, Set<String> codes) {
        String link = String.valueOf(item.getLinkId());
        Matcher loinc = LOINC_ITEM.matcher(link);
        if (loinc.matches()) {
            codes.add(LOINC + "|" + loinc.group(1));
        } else if (CHECKUP_ITEM.matcher(link).matches()) {
            codes.add(CheckupOid.ITEM.urn() + "|" + link);
        }
        item.getItem().forEach(inner -> item(inner, codes));
        item.getAnswer().forEach(answer -> answer.getItem().forEach(inner -> item(inner, codes)));
    }
}
