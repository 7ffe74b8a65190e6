# examples.awk - the EXAMPLES of a man page as a shell script.
#
# In a .Bd -literal block of EXAMPLES a line "$ command" is run; what follows,
# up to the next "$" or the end, is what it prints ("..." stands for any
# lines).  A block that begins with .\" not run: REASON is left out.
# Output: the script; it writes the expected text beside the real one.

function unroff(text) {
    gsub(/\\-/, "-", text)
    gsub(/\\e/, "\\", text)
    gsub(/\\&/, "", text)
    gsub(/\\(aq|\\\(aq/, "'", text)
    return text
}

function flush_expected(i) {
    if (!commands)
        return
    printf "cat >expected.%d <<'MIEN-EXPECTED'\n", commands
    for (i = 1; i <= lines; i++)
        print expected[i]
    print "MIEN-EXPECTED"
    lines = 0
}

/^\.Sh / { inside = ($2 == "EXAMPLES") }
inside && /^\.\\" not run:/ { leave = 1 }
inside && /^\.Bd / { block = 1; next }
inside && /^\.Ed/ {
    if (block && !leave)
        flush_expected()
    block = 0
    leave = 0
    pending = ""
    next
}
inside && block && !leave {
    line = unroff($0)
    if (pending != "" || line ~ /^\$ /) {
        if (pending == "")
            flush_expected()
        sub(/^(\$|>) /, "", line)
        if (line ~ /\\$/) {
            sub(/\\$/, "", line)
            sub(/^ +/, "", line)
            pending = pending line
            next
        }
        sub(/^ +/, "", line)
        pending = pending line
        commands++
        printf "echo '%s' >command.%d\n", gensub_quote(pending), commands
        printf "{ %s\n} >got.%d 2>&1; echo $? >status.%d\n", pending, \
            commands, commands
        pending = ""
        next
    }
    expected[++lines] = line
}

function gensub_quote(text) {
    gsub(/'/, "'\\''", text)
    return text
}

END { print "count=" commands + 0 }
