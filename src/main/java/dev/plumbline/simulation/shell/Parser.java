package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.shell.Lexer.Token;
import dev.plumbline.simulation.shell.Node.Assignment;
import dev.plumbline.simulation.shell.Node.Part;
import dev.plumbline.simulation.shell.Node.Redirect;
import dev.plumbline.simulation.shell.Node.Text;
import dev.plumbline.simulation.shell.Node.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes a tree of a script. */
final class Parser {

    private static final Set<String> ENDS = Set.of("then", "fi", "else", "elif", "do", "done", "}", "esac");
    private static final Token NONE = new Token("end", new Word(List.of()));

    private final List<Token> tokens;
    private int at;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Node parse(String script) {
        Parser parser = new Parser(Lexer.tokens(script));
        Node node = parser.list();
        if (!parser.peek().is("end")) {
            throw parser.unexpected();
        }
        return node;
    }

    private Token peek() {
        return at < tokens.size() ? tokens.get(at) : NONE;
    }

    private boolean take(String operator) {
        boolean there = peek().is(operator);
        at += there ? 1 : 0;
        return there;
    }

    private boolean keyword(String word) {
        boolean there = peek().plain().equals(word);
        at += there ? 1 : 0;
        return there;
    }

    private void demand(String word) {
        if (!keyword(word)) {
            throw unexpected();
        }
    }

    private NotSimulated unexpected() {
        Token token = peek();
        String seen = token.is("end") ? "its end" : token.isWord() ? "\"" + token.plain() + "\"" : token.operator();
        return new NotSimulated("shell syntax: unexpected " + seen);
    }

    private void blankLines() {
        while (take("\n") || take(";")) {
            continue;
        }
    }

    private Node list() {
        List<Node> nodes = new ArrayList<>();
        blankLines();
        while (!peek().is("end") && !peek().is(")") && !peek().is(";;") && !ENDS.contains(peek().plain())) {
            Node node = andOr();
            nodes.add(take("&") ? new Node.Background(node) : node);
            blankLines();
        }
        return nodes.size() == 1 ? nodes.get(0) : new Node.Sequence(nodes);
    }

    private Node andOr() {
        Node left = pipeline();
        while (peek().is("&&") || peek().is("||")) {
            boolean and = tokens.get(at++).is("&&");
            while (take("\n")) {
                continue;
            }
            left = new Node.AndOr(left, and, pipeline());
        }
        return left;
    }

    private Node pipeline() {
        if (keyword("!")) {
            return new Node.Not(pipeline());
        }
        List<Node> nodes = new ArrayList<>();
        nodes.add(command());
        while (take("|")) {
            while (take("\n")) {
                continue;
            }
            nodes.add(command());
        }
        return nodes.size() == 1 ? nodes.get(0) : new Node.Pipeline(nodes);
    }

    private Node command() {
        Node compound;
        if (keyword("if")) {
            compound = condition();
        } else if (keyword("while")) {
            compound = loop(false);
        } else if (keyword("until")) {
            compound = loop(true);
        } else if (keyword("for")) {
            compound = each();
        } else if (keyword("{")) {
            Node body = list();
            demand("}");
            return new Node.Group(body, false, redirects());
        } else if (take("(")) {
            Node body = list();
            if (!take(")")) {
                throw unexpected();
            }
            return new Node.Group(body, true, redirects());
        } else {
            return simple();
        }
        List<Redirect> redirects = redirects();
        return redirects.isEmpty() ? compound : new Node.Group(compound, false, redirects);
    }

    private Node condition() {
        Node condition = list();
        demand("then");
        Node then = list();
        Node otherwise = new Node.Sequence(List.of());
        if (keyword("elif")) {
            return new Node.If(condition, then, condition());
        }
        if (keyword("else")) {
            otherwise = list();
        }
        demand("fi");
        return new Node.If(condition, then, otherwise);
    }

    private Node loop(boolean until) {
        Node condition = list();
        demand("do");
        Node body = list();
        demand("done");
        return new Node.While(condition, until, body);
    }

    private Node each() {
        String variable = peek().plain();
        at++;
        List<Word> words = new ArrayList<>();
        if (keyword("in")) {
            while (peek().isWord()) {
                words.add(tokens.get(at++).word());
            }
        }
        blankLines();
        demand("do");
        Node body = list();
        demand("done");
        return new Node.For(variable, words, body);
    }

    private List<Redirect> redirects() {
        List<Redirect> redirects = new ArrayList<>();
        while (redirect(redirects)) {
            continue;
        }
        return redirects;
    }

    private boolean redirect(List<Redirect> redirects) {
        String operator = peek().operator();
        if (!operator.matches("\\d?(<<-?|<|>>|>|>&|<&)")) {
            return false;
        }
        at++;
        boolean numbered = Character.isDigit(operator.charAt(0));
        String sign = numbered ? operator.substring(1) : operator;
        int from = numbered ? operator.charAt(0) - '0' : sign.startsWith("<") ? 0 : 1;
        if (!peek().isWord()) {
            throw unexpected();
        }
        redirects.add(new Redirect(
                from, sign.equals("<<-") ? "<<" : sign, tokens.get(at++).word()));
        return true;
    }

    private Node simple() {
        List<Assignment> assignments = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        List<Redirect> redirects = new ArrayList<>();
        int start = at;
        while (peek().isWord() || redirect(redirects)) {
            if (peek().isWord() && (words.size() > 0 || !assignment(peek().word(), assignments))) {
                if (words.isEmpty() && Set.of("case", "function").contains(peek().plain())) {
                    throw new NotSimulated("shell syntax: " + peek().plain());
                }
                words.add(tokens.get(at++).word());
            }
        }
        if (at == start) {
            throw unexpected();
        }
        if (peek().is("(")) {
            throw new NotSimulated("shell syntax: functions");
        }
        return new Node.Simple(assignments, words, redirects);
    }

    private boolean assignment(Word word, List<Assignment> assignments) {
        if (word.parts().isEmpty() || !(word.parts().get(0) instanceof Text first) || first.quoted()) {
            return false;
        }
        int equals = first.text().indexOf('=');
        if (equals < 1 || !first.text().substring(0, equals).matches("[A-Za-z_]\\w*")) {
            return false;
        }
        List<Part> value = new ArrayList<>();
        value.add(new Text(first.text().substring(equals + 1), false));
        value.addAll(word.parts().subList(1, word.parts().size()));
        assignments.add(new Assignment(first.text().substring(0, equals), new Word(value)));
        at++;
        return true;
    }
}
