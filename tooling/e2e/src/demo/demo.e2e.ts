// One file, so that the demo, which takes the better part of a minute, is filled once for both.
import "./readme-walks.ts";
import "./seeded.ts";
