package dev.slipway.activities.announce;

/** Text from outside, as Slack's markup shows it: what it says and nothing that it could do. */
final class Mrkdwn {
    private static final String CUT = " … (cut; slipway get shows all)";

    private Mrkdwn() {}

    /** One line without control and direction characters, in which nothing is a link, a mention or a command. */
    static String plain(String text) {
        return escaped(text.replaceAll("[\\s\\p{Zl}\\p{Zp}]+", " ")).strip();
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}]", "")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    /** As {@link #plain}, at most so long, and it says where the rest is. */
    static String plain(String text, int most) {
        return cut(plain(text), most);
    }

    /** Between backticks, which the text itself cannot leave. */
    static String code(String text) {
        return "`" + plain(text).replace('`', '\'') + "`";
    }

    /** As {@link #code}, at most so long. */
    static String code(String text, int most) {
        return "`" + cut(plain(text).replace('`', '\''), most) + "`";
    }

    /** Lines as they are, indented and in a box, which the text itself cannot leave. */
    static String box(String text, int most) {
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

    /** At most so many characters; an escape is kept whole or left out. */
    static String cut(String escaped, int most) {
        if (escaped.length() <= most) {
            return escaped;
        }
        String head = escaped.substring(0, most - CUT.length());
        int and = head.lastIndexOf('&');
        boolean open = and >= 0 && head.indexOf(';', and) < 0;
        String whole = open ? head.substring(0, and) : head;
        boolean half = !whole.isEmpty() && Character.isHighSurrogate(whole.charAt(whole.length() - 1));
        return (half ? whole.substring(0, whole.length() - 1) : whole) + CUT;
    }
}
