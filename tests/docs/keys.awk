# keys.awk - actions.def and defaults.conf as the list of mien-keys(5).
#
#     awk -f keys.awk defaults.conf actions.def
function text(words) {
    gsub(/\\/, "\\e", words)
    gsub(/-/, "\\-", words)
    gsub(/"/, "\\(dq", words)
    sub(/^[.']/, "\\\\\\&&", words)
    return words
}

FNR == 1 { file++ }
file == 1 && !/^#/ && NF > 1 {
    keys = ""
    for (i = 2; i <= NF; i++)
        keys = keys (i > 2 ? " , " : "") mdoc_key($i)
    key[$1] = keys
}
file == 2 && /^ACTION\(/ { entry = "" }
file == 2 && (/^ACTION\(/ || entry != "") {
    entry = entry (entry == "" ? "" : " ") $0
    if ($0 ~ /\)$/) {
        action(entry)
        entry = ""
    }
}

# A character that mdoc would take for punctuation or an escape.
function mdoc_key(name) {
    if (name ~ /^[.,:;()?!|\[\]]$/)
        return "\\&" name
    return text(name)
}

# ACTION(ID, "name", "Group", "what it does")
function action(line, part) {
    split(line, part, "\"")
    if (part[4] != group) {
        if (group != "")
            print ".El"
        group = part[4]
        printf ".Ss %s\n.Bl -tag -width Ds -compact\n", group
    }
    printf ".It Cm %s", text(part[2])
    print (part[2] in key) ? " Pq Ic " key[part[2]] : ""
    printf "%s", text(toupper(substr(part[6], 1, 1)) substr(part[6], 2))
    print "."
}

END {
    if (group != "")
        print ".El"
}
