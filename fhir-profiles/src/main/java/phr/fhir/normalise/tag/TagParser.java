package phr.fhir.normalise.tag;

/** Takes one tag apart. */
final class TagParser {

    /** The bytes end before the tag does. */
    static final int INCOMPLETE = -1;
    /** It is no tag. */
    static final int WRONG = -2;

    private TagParser() {}

    /** @return the position behind the tag, {@link #INCOMPLETE} or {@link #WRONG} */
    static int parse(byte[] text, int begin, int end, Tag tag) {
        boolean closing = text[begin + 1] == '/';
        int at = begin + (closing ? 2 : 1);
        tag.count = 0;
        tag.nameFrom = at;
        at = name(text, at, end);
        tag.nameTo = at;
        if (at < end && at == tag.nameFrom) {
            return WRONG;
        }
        while (true) {
            at = blanks(text, at, end);
            if (at >= end) {
                return INCOMPLETE;
            }
            if (text[at] == '>') {
                tag.kind = closing ? Tag.Kind.END : Tag.Kind.START;
                return at + 1;
            }
            if (text[at] == '/') {
                return at + 1 >= end ? INCOMPLETE : empty(text, at, closing, tag);
            }
            at = attribute(text, at, end, tag);
            if (at < 0) {
                return at;
            }
        }
    }

    private static int empty(byte[] text, int at, boolean closing, Tag tag) {
        tag.kind = Tag.Kind.EMPTY;
        return closing || text[at + 1] != '>' ? WRONG : at + 2;
    }

    private static int attribute(byte[] text, int from, int end, Tag tag) {
        int nameTo = name(text, from, end);
        int at = blanks(text, nameTo, end);
        if (at < end && (nameTo == from || text[at] != '=')) {
            return WRONG;
        }
        at = blanks(text, at + 1, end);
        if (at >= end) {
            return INCOMPLETE;
        }
        byte quote = text[at];
        if (quote != '"' && quote != '\'') {
            return WRONG;
        }
        int valueFrom = ++at;
        while (at < end && text[at] != quote) {
            if (text[at] == '<') {
                return WRONG;
            }
            at++;
        }
        if (at >= end) {
            return INCOMPLETE;
        }
        return tag.add(from, nameTo, valueFrom, at) ? at + 1 : WRONG;
    }

    private static int name(byte[] text, int from, int end) {
        int at = from;
        while (at < end && text[at] != '=' && text[at] != '>' && text[at] != '/' && (text[at] > ' ' || text[at] < 0)) {
            at++;
        }
        return at;
    }

    private static int blanks(byte[] text, int from, int end) {
        int at = from;
        while (at < end && text[at] >= 0 && text[at] <= ' ') {
            at++;
        }
        return at;
    }
}
