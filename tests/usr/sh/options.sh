(set -e; false; echo not reached); echo $?
(set -e; false || true; if false; then :; fi; ! true; false && true; echo reached); echo $?
(set -e; (exit 4); echo not reached); echo $?
(set -e; f() { false; echo infn; }; f || echo tested; f; echo not reached); echo $?
(set -e; x=$(false); echo not reached); echo $?
(set -e; true | false; echo not reached); echo $?
(set -e; while false; do :; done; echo reached); echo $?
(set -u; echo $unset_one; echo not reached) 2>/dev/null; echo $?
(set -u; echo ${unset_one-default}; x=; echo "[$x]"); echo $?
(set -x; echo traced) 2>&1
(set -f; echo /et*); 
set -e; set +e; false; echo still
set -eu; set +eu; echo $-x | grep -c e || echo none
set -- -a b; echo $1 $#
exit 42
