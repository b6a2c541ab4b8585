package phr.fhir.normalise.checkup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupOid;
import phr.fhir.normalise.xml.Element;
import phr.fhir.text.Width;

/** 保険者番号, 記号, 番号 and 枝番 of the record target, each only when present and as received (checkup-cda.md §5). */
final class InsuranceCard {

    private static final Pattern BRANCH = Pattern.compile("\\d{2}");
    /** 整理番号, ダウンロード保険者, 当事者間 ID: legitimate, but not of the card. */
    private static final Set<String> OTHER_IDS =
            Set.of("202", "203", "900", "18010", "18020", "212", "213", "214", "215", "299");

    private final Map<CheckupOid, String> ids = new HashMap<>();

    InsuranceCard(Header header, Located issues) {
        List<Element> received =
                header.patientRole().map(role -> role.children("id")).orElse(List.of());
        for (Element id : received) {
            take(id, issues);
        }
    }

    private void take(Element id, Located issues) {
        String root = id.code("root");
        String extension = id.code("extension");
        if (root == null || extension == null) {
            return;
        }
        for (CheckupOid part : List.of(CheckupOid.INSURER, CheckupOid.SYMBOL, CheckupOid.NUMBER, CheckupOid.BRANCH)) {
            if (part.is(root)) {
                ids.putIfAbsent(part, extension);
                checkBranch(part, extension, id, issues);
                return;
            }
        }
        if (!root.startsWith(CheckupOid.ROOT) || !OTHER_IDS.contains(root.substring(CheckupOid.ROOT.length()))) {
            issues.warning("code-invalid", "N-2", "root that names no identifier of a person; not used", id);
        }
    }

    private static void checkBranch(CheckupOid part, String extension, Element id, Located issues) {
        if (part == CheckupOid.BRANCH
                && !BRANCH.matcher(Width.nfkcTrimmed(extension)).matches()) {
            issues.warning("value", "CDA-13", "branch number without two digits", id);
        }
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    @Nullable
    String insurer() {
        return ids.get(CheckupOid.INSURER);
    }

    @Nullable
    String symbol() {
        return ids.get(CheckupOid.SYMBOL);
    }

    @Nullable
    String number() {
        return ids.get(CheckupOid.NUMBER);
    }

    @Nullable
    String branch() {
        return ids.get(CheckupOid.BRANCH);
    }
}
