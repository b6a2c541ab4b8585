package phr.fhir.normalise.checkup;

import phr.fhir.jp.CheckupItem;
import phr.fhir.text.Width;

/** Whether a received displayName is a name that the item has or had; never a reason to reject (CDA-R7, N-1). */
final class Labelling {

    private Labelling() {}

    static boolean knows(CheckupItem item, String label) {
        String key = key(label);
        return item.generations().values().stream().anyMatch(coding -> key.equals(key(coding.name())));
    }

    private static String key(String label) {
        return Width.nfkc(label).replaceAll("[\\s\\u3000]", "");
    }
}
