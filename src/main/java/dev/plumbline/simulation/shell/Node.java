package dev.plumbline.simulation.shell;

import java.util.List;

/** A piece of a script. */
sealed interface Node {

    record Sequence(List<Node> nodes) implements Node {}

    record AndOr(Node left, boolean and, Node right) implements Node {}

    record Pipeline(List<Node> nodes) implements Node {}

    record Not(Node node) implements Node {}

    record If(Node condition, Node then, Node otherwise) implements Node {}

    record While(Node condition, boolean until, Node body) implements Node {}

    record For(String variable, List<Word> words, Node body) implements Node {}

    /** In parentheses it has variables of its own. */
    record Group(Node body, boolean own, List<Redirect> redirects) implements Node {}

    record Background(Node node) implements Node {}

    record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects) implements Node {}

    record Assignment(String name, Word value) {}

    /**
     * @param from 0, 1, 2, or 3 for both outputs
     * @param operator {@code <}, {@code >}, {@code >>}, {@code <<} (the text is the word) or {@code >&}
     */
    record Redirect(int from, String operator, Word word) {}

    /** A word before expansion. */
    record Word(List<Part> parts) {}

    /** A part of a word; a quoted one is never split. */
    sealed interface Part {
        boolean quoted();
    }

    record Text(String text, boolean quoted) implements Part {}

    /** @param operator empty, or one of {@code :- - := :+ # % ## %% #length} */
    record Variable(String name, String operator, Word argument, boolean quoted) implements Part {}

    record Substitution(Node script, boolean quoted) implements Part {}

    record Arithmetic(Word expression, boolean quoted) implements Part {}
}
