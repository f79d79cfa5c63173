package dev.slipway.slack;

/** Text from outside, as Slack's markup shows it: what it says and nothing that it could do. */
public final class Mrkdwn {
    private static final String CUT = " … (cut; slipway get shows all)";

    private Mrkdwn() {}

    /** One line without control and direction characters, in which nothing is a link, a mention or a command. */
    public static String plain(String text) {
        return escaped(text.replaceAll("[\\s\\p{Zl}\\p{Zp}]+", " ")).strip();
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}]", "")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    /** As {@link #plain}, at most so long, and it says where the rest is. */
    public static String plain(String text, int most) {
        return cut(plain(text), most);
    }

    /** As {@link #plain(String)}, for between backticks, which the text itself cannot leave. */
    public static String inline(String text) {
        return plain(text).replace('`', '\'');
    }

    /** Between backticks, which the text itself cannot leave. */
    public static String code(String text) {
        return "`" + inline(text) + "`";
    }

    /** As {@link #code}, at most so long. */
    public static String code(String text, int most) {
        return "`" + cut(inline(text), most) + "`";
    }

    /** Lines as they are, indented and in a box, which the text itself cannot leave. */
    public static String box(String text, int most) {
        StringBuilder box = new StringBuilder("```\n");
        for (String line : text.lines().toList()) {
            String shown = escaped(line.replace('\t', ' ')).replace('`', '\'') + "\n";
            if (box.length() + shown.length() + CUT.length() > most) {
                box.append(CUT.strip()).append('\n');
                break;
            }
            box.append(shown);
        }
        return box.append("```").toString();
    }

    /** At most so many characters, and it says where the rest is; an escape is kept whole or left out. */
    public static String cut(String escaped, int most) {
        return cut(escaped, most, CUT);
    }

    /**
     * As {@link #cut(String, int)}.
     *
     * @param end what stands in place of the rest
     */
    public static String cut(String escaped, int most, String end) {
        if (escaped.length() <= most) {
            return escaped;
        }
        String head = escaped.substring(0, most - end.length());
        int and = head.lastIndexOf('&');
        boolean open = and >= 0 && head.indexOf(';', and) < 0;
        String whole = open ? head.substring(0, and) : head;
        boolean half = !whole.isEmpty() && Character.isHighSurrogate(whole.charAt(whole.length() - 1));
        return (half ? whole.substring(0, whole.length() - 1) : whole) + end;
    }
}
