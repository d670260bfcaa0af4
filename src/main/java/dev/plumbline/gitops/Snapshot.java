package dev.plumbline.gitops;

import java.util.SortedMap;

/** One commit of a repository and its files by path. */
public record Snapshot(String commit, SortedMap<String, byte[]> files) {}
