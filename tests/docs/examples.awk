# examples.awk - the EXAMPLES of a man page as a shell script.
#
# In a .Bd -literal block of EXAMPLES a line "$ command" is run.  A line that
# ends with a backslash goes on in the next one; lines that begin with "> "
# right after it belong to it, too (a here-document).  What follows, up to the
# next "$" or the end, is what it prints: all of it ("..." stands for any
# lines, also none).  All sections of a page count that says
# .\" examples: everywhere.  A block that begins with .\" not run: REASON is left out.
# Output: the script; it writes the expected text beside the real one.

function unroff(text) {
    gsub(/\\-/, "-", text)
    gsub(/\\&/, "", text)
    gsub(/\\\(aq|\\\[aq\]/, "'", text)
    gsub(/\\\(dq|\\\[dq\]/, "\"", text)
    gsub(/\\\(ga/, "`", text)
    gsub(/\\\(ha/, "^", text)
    gsub(/\\\(ti/, "~", text)
    gsub(/\\e/, "\\", text)
    return text
}

function quoted(text) {
    gsub(/'/, "'\\''", text)
    return "'" text "'"
}

# The command that was read so far; its first line names the test.
function run_command(name) {
    if (command == "")
        return
    commands++
    name = command
    sub(/\n.*/, " ...", name)
    printf "printf '%%s\\n' %s >\"$here/command.%d\"\n", quoted(name), commands
    printf "{ %s\n} >\"$here/got.%d\" 2>&1; echo $? >\"$here/status.%d\"\n", \
        command, commands, commands
    command = ""
    goes_on = 0
}

# What it should print.
function end_example(i) {
    run_command()
    if (!commands)
        return
    printf "cat >\"$here/expected.%d\" <<'MIEN-EXPECTED'\n", commands
    for (i = 1; i <= lines; i++)
        print expected[i]
    print "MIEN-EXPECTED"
    lines = 0
}

function add_line(line) {
    if (goes_on) {
        sub(/^> /, "", line)
        sub(/^ +/, "", line)
        command = command line
    } else {
        command = command "\n" substr(line, 3)
    }
    goes_on = sub(/\\$/, "", command)
}

BEGIN { print "here=$PWD" }
/^\.\\" examples: everywhere/ { everywhere = 1 }
/^\.Sh / { inside = (everywhere || $2 == "EXAMPLES") }
/^\.\\" not run:/ { leave = 1 }
inside && /^\.Bd / {
    block = 1
    leave = 0
    lines = 0
    began = 0
    next
}
inside && /^\.Ed/ {
    if (block && began)
        end_example()
    block = 0
    next
}
inside && block && !leave && !/^\.(\\"|$)/ {
    line = unroff($0)
    if (line ~ /^\$ /) {
        if (began)
            end_example()
        command = substr(line, 3)
        goes_on = sub(/\\$/, "", command)
        began = 1
    } else if (command != "" && (goes_on || line ~ /^> /)) {
        add_line(line)
    } else {
        run_command()
        expected[++lines] = line
    }
}

END { print "count=" commands + 0 }
