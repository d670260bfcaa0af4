package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.shell.Node.Part;
import dev.plumbline.simulation.shell.Node.Text;
import dev.plumbline.simulation.shell.Node.Word;
import java.util.ArrayList;
import java.util.List;

/** Cuts a script into words and operators. */
final class Lexer {

    private static final List<String> OPERATORS =
            List.of("<<-", "&&", "||", ";;", "<<", ">>", ">&", "<&", ";", "&", "|", "(", ")", "<", ">", "\n");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Integer> documents = new ArrayList<>();
    private int at;

    /** A word, or an operator when it has no parts. */
    record Token(String operator, Word word) {
        boolean is(String other) {
            return operator.equals(other);
        }

        boolean isWord() {
            return operator.isEmpty();
        }

        /** The word when it is one that no quote changed. */
        String plain() {
            boolean one = isWord() && word.parts().size() == 1;
            return one && word.parts().get(0) instanceof Text part && !part.quoted() ? part.text() : "";
        }
    }

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        lexer.all();
        return lexer.tokens;
    }

    private void all() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (!operator()) {
                word();
            }
        }
    }

    private boolean operator() {
        String digits = "";
        if (at + 1 < text.length() && Character.isDigit(text.charAt(at)) && "<>".indexOf(text.charAt(at + 1)) >= 0) {
            digits = text.substring(at, at + 1);
        }
        if (text.startsWith("&>", at)) {
            tokens.add(new Token("3>", new Word(List.of())));
            at += 2;
            return true;
        }
        int start = at + digits.length();
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, start)) {
                at = start + operator.length();
                tokens.add(new Token(digits + operator, new Word(List.of())));
                if (operator.startsWith("<<")) {
                    documents.add(tokens.size());
                } else if (operator.equals("\n")) {
                    hereDocuments();
                }
                return true;
            }
        }
        return false;
    }

    /** The bodies of the here-documents that the line began replace their end marks. */
    private void hereDocuments() {
        for (int index : documents) {
            Word mark = tokens.get(index).word();
            StringBuilder end = new StringBuilder();
            boolean quoted = false;
            for (Part part : mark.parts()) {
                quoted |= part.quoted();
                end.append(part instanceof Text literal ? literal.text() : "");
            }
            boolean tabs = tokens.get(index - 1).operator().endsWith("-");
            String body = body(end.toString(), tabs);
            Word word = quoted ? new Word(List.of(new Text(body, true))) : new Expansions(body).quotedText();
            tokens.set(index, new Token("", word));
        }
        documents.clear();
    }

    private String body(String end, boolean tabs) {
        StringBuilder body = new StringBuilder();
        while (at < text.length()) {
            int next = text.indexOf('\n', at);
            String line = text.substring(at, next < 0 ? text.length() : next);
            at = next < 0 ? text.length() : next + 1;
            String shown = tabs ? line.replaceFirst("^\t+", "") : line;
            if (shown.equals(end)) {
                return body.toString();
            }
            body.append(shown).append('\n');
        }
        return body.toString();
    }

    private void word() {
        Expansions expansions = new Expansions(text, at);
        Word word = expansions.word();
        if (expansions.position() == at) {
            throw new NotSimulated("shell syntax at \"" + text.substring(at, Math.min(text.length(), at + 20)) + "\"");
        }
        at = expansions.position();
        tokens.add(new Token("", word));
    }
}
