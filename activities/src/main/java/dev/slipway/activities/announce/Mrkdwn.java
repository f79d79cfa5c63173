package dev.slipway.activities.announce;

/** Text from outside, as Slack's markup shows it: what it says and nothing that it could do. */
final class Mrkdwn {
    private static final String CUT = " … (cut; slipway get shows all)";

    private Mrkdwn() {}

    /** One line without control and direction characters, in which nothing is a link, a mention or a command. */
    static String plain(String text) {
        return text.replaceAll("[\\s\\p{Zl}\\p{Zp}]+", " ")
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}]", "")
                .strip()
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
