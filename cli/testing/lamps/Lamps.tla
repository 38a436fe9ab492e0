------------------------------- MODULE Lamps --------------------------------
(* Two lights that are turned on one at a time, and both off once both are on. *)
EXTENDS Integers
VARIABLE lights

TypeOK == lights \in [1..2 -> BOOLEAN]
Init == lights = <<FALSE, FALSE>>

Lit(i) == lights[i]
TurnOn ==
    \E i \in 1..2 : ~Lit(i) /\ lights' = [lights EXCEPT ![i] = TRUE]
Reset ==
    /\ Lit(1)
    /\ \A i \in 1..2 : Lit(i)   \* the guard above is for nothing
    /\ lights' = <<FALSE, FALSE>>

Next == TurnOn \/ Reset
Spec == Init /\ [][Next]_lights /\ WF_lights(TurnOn)

BothAtLast == <>(lights = <<TRUE, TRUE>>)
NeverTwo == [][lights' # lights => \E i \in 1..2 : ~lights'[i] \/ lights[i]]_lights
=============================================================================
