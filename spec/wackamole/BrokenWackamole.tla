-------------------------- MODULE BrokenWackamole --------------------------
(***************************************************************************)
(* Wackamole with one thing taken away or done otherwise.  Each Broken     *)
(* model puts one of these in the place of the definition it names, and    *)
(* checks the one property that falls with it.  What holds together only   *)
(* because of a rule is thus shown to need the rule.                       *)
(***************************************************************************)
EXTENDS MCWackamole

(***************************************************************************)
(* W5 and W7 to W10: for OfCurrentView, Fallback, Cleared, MayFill, Later. *)
(***************************************************************************)
OfAnyView(s, m) == TRUE

ForgottenFallback(s) == Nobody

ClearedInGatherOnly(s) == IF state[s] = "RUN" THEN current_table[s] ELSE Nobody
ClearedInRunOnly(s) == IF state[s] = "GATHER" THEN current_table[s] ELSE Nobody

FillAtOnce(isDone) == TRUE

NeverLater(list, m, n) == FALSE

(***************************************************************************)
(* R1, as the paper has it: for LeftOfBackup.  And W5 to the letter, for   *)
(* Backup: the whole table.  That is no defect of the paper, whose table   *)
(* changes at once; R3 releases addresses while the table still names the  *)
(* old owner, so it needs its own rule for the backup.                     *)
(***************************************************************************)
LiteralFallback(t, released) == t
LiteralBackup(s) == current_table[s]

(***************************************************************************)
(* W12: for HeedsBalance and HeedsReleased.                                *)
(***************************************************************************)
InRunOrGather(s) == state[s] \in {"RUN", "GATHER"}

(***************************************************************************)
(* W3: for Deliverable and Lists.  Messages of one sender come in the      *)
(* order in which it sent them, those of different senders in any; notices *)
(* of the system stay where they are.  And a list that lacks a member.     *)
(***************************************************************************)
Fifo(s) ==
    {i \in DOMAIN inbox[s] :
        \/ i = 1
        \/ /\ \A j \in 1..i : VS!IsMessage(inbox[s][j])
           /\ \A j \in 1..(i - 1) : inbox[s][j].sender # inbox[s][i].sender}

ShortList(G) == {SelectSeq(Names, LAMBDA s : s \in G \ {"s2"})}

(***************************************************************************)
(* R3, as the paper has it: for HeldOnBalance and TableOnBalance.          *)
(* RELEASED_MSG is still sent; what fails does so before it matters.       *)
(***************************************************************************)
HeldAtOnce(s, t) == Owned(t, s)
TableAtOnce(s, t) == t

(***************************************************************************)
(* W16, for MayManage, and W18, for MayExpire and MatureTimeout.           *)
(***************************************************************************)
Anybody(isMature) == TRUE

Never(s) == FALSE

TimeoutTakesAll(s) ==
    /\ state[s] = "GATHER"
    /\ ~mature[s]
    /\ mature' = [mature EXCEPT ![s] = TRUE]
    /\ state' = [state EXCEPT ![s] = "RUN"]
    /\ current_table' = [current_table EXCEPT ![s] = [g \in Group |-> s]]
    /\ held' = [held EXCEPT ![s] = Group]
    /\ received' = [received EXCEPT ![s] = {}]
    /\ VS!Step({}, 1, <<StateMsg(s, view[s], Group, TRUE)>>)
    /\ UNCHANGED <<view, old_table, prefs, handover>>

(***************************************************************************)
(* W19: for Disconnect.                                                    *)
(***************************************************************************)
DisconnectKeepsAll(R) ==
    /\ IsBatch(R)
    /\ Have(R, 1, "DISCONNECT")
    /\ state' = For(R, state, LAMBDA s : "DISCONNECTED")
    /\ view' = For(R, view, LAMBDA s : NoView)
    /\ VS!Step(R, 1, <<>>)
    /\ UNCHANGED <<mature, tables, held>>

(***************************************************************************)
(* Without fairness, for SPECIFICATION.                                    *)
(***************************************************************************)
Unfair == Init /\ [][Next]_vars

(***************************************************************************)
(* Each part of Property 2 alone: for Reallocate_IPs, holes but the first  *)
(* stay; for Disconnect, the notice changes nothing; and for Lose, a       *)
(* server that runs gathers for no reason, or takes its view for another.  *)
(***************************************************************************)
FillsFirst(list, t) ==
    [FillFrom(1, list, t) EXCEPT ![Groups[2]] = t[Groups[2]]]

DisconnectUnheard(R) ==
    /\ IsBatch(R)
    /\ Have(R, 1, "DISCONNECT")
    /\ VS!Step(R, 1, <<>>)
    /\ UNCHANGED serverVars

Falls(s) ==
    /\ state[s] = "RUN"
    /\ state' = [state EXCEPT ![s] = "GATHER"]
    /\ UNCHANGED <<netVars, mature, view, tables, held>>

Errs(s) ==
    /\ state[s] = "RUN"
    /\ view[s] = net[s]
    /\ view' = [view EXCEPT ![s].epoch = @ + 1]
    /\ UNCHANGED <<netVars, state, mature, tables, held>>
=============================================================================
