----------------------------- MODULE Wackamole -----------------------------
(***************************************************************************)
(* The Wackamole algorithm: servers share a set of virtual IP addresses so *)
(* that each address is covered by exactly one server of every connected   *)
(* component.                                                              *)
(*                                                                         *)
(* Source: Amir, Caudy, Munjal, Schlossnagle, Tutu: N-Way Fail-Over        *)
(* Infrastructure for Reliable Servers and Routers, DSN 2003.  W1, W2, ... *)
(* are its rules as paper.md numbers them.                                 *)
(*                                                                         *)
(* Where the paper is silent or wrong.  Each reading below but R5, which   *)
(* is a choice, has a Broken model that shows what the other one breaks;   *)
(* README.md has the traces.                                               *)
(*                                                                         *)
(*   R1. The fallback of a cascading view change claims only what is still *)
(*       held.  The paper goes back to the whole of old_table (W11), which *)
(*       may name addresses that the server released since (W9).  So a     *)
(*       release is struck out of old_table as well.                       *)
(*   R2. current_table is cleared on leaving RUN too.  Algorithm 1 does    *)
(*       not say so, but owners that are gone would hide holes.            *)
(*   R3. An address that BALANCE moves is acquired when its old owner has  *)
(*       released it.  The paper lets each server acquire and release as   *)
(*       it delivers the BALANCE_MSG (W6); servers deliver it at different *)
(*       times, so two of them would cover the address, against Lemma 1.   *)
(*       So the old owner says, with RELEASED_MSG, that it has let go.     *)
(*       Until then tables still name it, so the backup that W5 makes      *)
(*       needs a rule of its own: it leaves out what was released.         *)
(*   R4. A server that times out immature still waits for all state        *)
(*       messages and takes only its share (W18): taking everything covers *)
(*       twice when others take theirs.                                    *)
(*   R5. A server that lost the group communication stays mature: it is    *)
(*       the start of a server that unsets the flag (W16).                 *)
(*                                                                         *)
(* Choices that change no property.  Algorithm 3 delays the events that    *)
(* come while balancing, the text of 3.4 has a view change ignored         *)
(* meanwhile: the same thing when balancing is one step (W14).  Going back *)
(* to old_table is read as claiming from it, and the working table is      *)
(* cleared (W11).  Balance sends nothing when nothing moves or while a     *)
(* handover is under way, where Algorithm 3 always sends (W13).  How       *)
(* Reallocate_IPs and Balance_IPs decide is ours where the paper only      *)
(* names them (W10, W13).                                                  *)
(*                                                                         *)
(* Where the tool that the authors shipped differs from the paper, this is *)
(* the paper: the tool has a fourth state BOOT (here a server without a    *)
(* view is DISCONNECTED, and gathers as soon as it has one), lets the      *)
(* first state message keep an address (here the later member of the list  *)
(* keeps it, W9), and acquires before it releases when balancing (R3).     *)
(*                                                                         *)
(* What is abstracted, and why nothing is lost.  Balancing is one step:    *)
(* the state BALANCE is entered and left in it, and delaying every event   *)
(* meanwhile (W14) is what one step means.  An indivisible group of        *)
(* addresses (W20) is one unit of the tables.  Announcing an acquisition   *)
(* (W21) to hosts learnt from shared ARP caches (W22) changes no table and *)
(* no coverage; it is in the reducer alone.  Timers may fire at any time.  *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Server, Epoch, NoView,
    Groups,     \* the indivisible groups of addresses, in a fixed order
    Prefers,    \* Prefers[s] is the set of groups that s would rather cover
    None        \* no server

ASSUME GroupsAreDisjoint ==
    \A i, j \in DOMAIN Groups :
        /\ Groups[i] # {}
        /\ i # j => Groups[i] \cap Groups[j] = {}

VARIABLES
    epoch, net, inbox,  \* the group communication
    state,              \* "RUN", "GATHER", or "DISCONNECTED" without a view
    mature,             \* whether s may manage addresses
    view,               \* the view that s knows of
    current_table,      \* who covers what in this view, as far as s knows
    old_table,          \* in GATHER: the table before it, less what s let go
    received,           \* in GATHER: whose state messages s has
    prefs,              \* what the members of the view prefer
    handover,           \* in RUN: to whom addresses are on their way
    held                \* what s covers: the addresses on its interfaces

netVars == <<epoch, net, inbox>>
tables == <<current_table, old_table, received, prefs, handover>>
serverVars == <<state, mature, view, tables, held>>
vars == <<netVars, serverVars>>

VS == INSTANCE VirtualSynchrony

-----------------------------------------------------------------------------
Group == VS!Range(Groups)
Address == UNION Group
Owner == Server \cup {None}
Table == [Group -> Owner]
Nobody == [g \in Group |-> None]
Unknown == [s \in Server |-> {}]

(***************************************************************************)
(* STATE_MSG carries what its sender covers, the view in which it was sent *)
(* (W5), whether the sender is mature (W17) and what it prefers (W15).     *)
(* BALANCE_MSG carries the new allocation (W13), RELEASED_MSG what its     *)
(* sender has let go because of one (R3).                                  *)
(***************************************************************************)
Message ==
    [type : {"STATE_MSG"}, sender : Server, view : VS!View,
     owns : SUBSET Group, mature : BOOLEAN, prefers : SUBSET Group]
    \cup [type : {"BALANCE_MSG"}, sender : Server, table : Table]
    \cup [type : {"RELEASED_MSG"}, sender : Server, released : SUBSET Group]

IsEvent(e) ==
    \/ e.type = "DISCONNECT"
    \/ e.type = "VIEW_CHANGE" /\ e.view \in VS!View
    \/ e \in Message

TypeOK ==
    /\ VS!TypeOK
    /\ \A s \in Server : \A i \in DOMAIN inbox[s] : IsEvent(inbox[s][i])
    /\ state \in [Server -> {"DISCONNECTED", "GATHER", "RUN"}]
    /\ mature \in [Server -> BOOLEAN]
    /\ \A s \in Server :
          IF state[s] = "DISCONNECTED" THEN view[s] = NoView
          ELSE view[s] \in VS!View /\ s \in VS!Members(view[s])
    /\ current_table \in [Server -> Table]
    /\ old_table \in [Server -> Table]
    /\ received \in [Server -> SUBSET Server]
    /\ prefs \in [Server -> [Server -> SUBSET Group]]
    /\ handover \in [Server -> Table]
    /\ held \in [Server -> SUBSET Group]

Init ==
    /\ VS!Init
    /\ state = [s \in Server |-> "DISCONNECTED"]
    /\ mature = [s \in Server |-> FALSE]                              \* W16
    /\ view = [s \in Server |-> NoView]
    /\ current_table = [s \in Server |-> Nobody]
    /\ old_table = [s \in Server |-> Nobody]
    /\ received = [s \in Server |-> {}]
    /\ prefs = [s \in Server |-> Unknown]
    /\ handover = [s \in Server |-> Nobody]
    /\ held = [s \in Server |-> {}]                                   \* W16

-----------------------------------------------------------------------------
(***************************************************************************)
(* Tables.                                                                 *)
(***************************************************************************)
Owned(t, m) == {g \in Group : t[g] = m}
Load(t, m) == Cardinality(Owned(t, m))

(***************************************************************************)
(* The place of m in a list, 0 for who is not in it.                       *)
(***************************************************************************)
Position(list, m) ==
    IF m \in VS!Range(list) THEN CHOOSE i \in DOMAIN list : list[i] = m ELSE 0

(***************************************************************************)
(* W9: of two members that cover the same address, the one that is earlier *)
(* in the list lets go.  So the order in which claims come does not        *)
(* matter: the last member that claims an address has it.                  *)
(***************************************************************************)
Later(list, m, n) == Position(list, m) > Position(list, n)

ResolveConflicts(list, t, m, claims) ==
    [g \in Group |->
        IF g \in claims /\ (t[g] = None \/ Later(list, m, t[g]))
        THEN m ELSE t[g]]

(***************************************************************************)
(* The first member of the list among those with the least load.           *)
(***************************************************************************)
LeastLoaded(list, t) ==
    list[CHOOSE i \in DOMAIN list : \A j \in DOMAIN list :
            \/ Load(t, list[i]) < Load(t, list[j])
            \/ Load(t, list[i]) = Load(t, list[j]) /\ i =< j]

(***************************************************************************)
(* W10: Reallocate_IPs gives each hole, in the order of Groups, to the     *)
(* member with the least load by then.  It moves nothing else.             *)
(***************************************************************************)
RECURSIVE FillFrom(_, _, _)
FillFrom(i, list, t) ==
    IF i > Len(Groups) THEN t
    ELSE FillFrom(i + 1, list,
            IF t[Groups[i]] = None
            THEN [t EXCEPT ![Groups[i]] = LeastLoaded(list, t)] ELSE t)

Reallocate_IPs(list, t) == FillFrom(1, list, t)

(***************************************************************************)
(* W13, W15: Balance_IPs first gives each group that somebody prefers to   *)
(* the first member that prefers it, unless its owner does; then it moves  *)
(* groups that their owner does not prefer, one at a time, from the most   *)
(* loaded member that has such a group to the least loaded one, until they *)
(* differ by one at most.                                                  *)
(***************************************************************************)
Preferred(list, t, p) ==
    [g \in Group |->
        LET fans == {i \in DOMAIN list : g \in p[list[i]]}
        IN  IF fans = {} \/ g \in p[t[g]] THEN t[g]
            ELSE list[CHOOSE i \in fans : \A j \in fans : i =< j]]

Movable(t, p, m) == {i \in DOMAIN Groups : t[Groups[i]] = m /\ Groups[i] \notin p[m]}

RECURSIVE EvenOut(_, _, _)
EvenOut(list, t, p) ==
    LET givers == {i \in DOMAIN list : Movable(t, p, list[i]) # {}}
        giver == list[CHOOSE i \in givers : \A j \in givers :
                    \/ Load(t, list[i]) > Load(t, list[j])
                    \/ Load(t, list[i]) = Load(t, list[j]) /\ i =< j]
        taker == LeastLoaded(list, t)
        last == CHOOSE i \in Movable(t, p, giver) : \A j \in Movable(t, p, giver) : j =< i
    IN  IF givers = {} THEN t
        ELSE IF Load(t, giver) =< Load(t, taker) + 1 THEN t
        ELSE EvenOut(list, [t EXCEPT ![Groups[last]] = taker], p)

Balance_IPs(list, t, p) == EvenOut(list, Preferred(list, t, p), p)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Actions of the servers.                                                 *)
(*                                                                         *)
(* Each handler is an action of a batch R: servers that take their next    *)
(* event in one step.  In the algorithm a batch is one server; a model may *)
(* make it all members of a view, to look further at the price of seeing   *)
(* less interleaving (MCWackamoleLockstep).                                *)
(***************************************************************************)
IsBatch(R) == Cardinality(R) = 1

(***************************************************************************)
(* Whether a timer of s may fire: at any time.                             *)
(***************************************************************************)
MayExpire(s) == TRUE

(***************************************************************************)
(* A value for the servers of R, the same as before for the others.        *)
(***************************************************************************)
For(R, var, Op(_)) == [s \in Server |-> IF s \in R THEN Op(s) ELSE var[s]]

(***************************************************************************)
(* The messages of the servers of R, in some order.                        *)
(***************************************************************************)
Sends(R, Msg(_)) == {[i \in DOMAIN o |-> Msg(o[i])] : o \in VS!Orders(R)}

StateMsg(s, v, claims, isMature) ==
    [type |-> "STATE_MSG", sender |-> s, view |-> v,
     owns |-> claims, mature |-> isMature, prefers |-> Prefers[s]]

(***************************************************************************)
(* What is kept of a table when GATHER begins or begins anew: nothing.     *)
(* W11, R2.                                                                *)
(***************************************************************************)
Cleared(s) == Nobody

(***************************************************************************)
(* The backup that W5 makes, less what s released in a handover that is    *)
(* not over: under R3 the table still names s as its owner.                *)
(***************************************************************************)
Backup(s) ==
    [g \in Group |->
        IF current_table[s][g] = s /\ g \notin held[s] THEN None
        ELSE current_table[s][g]]

(***************************************************************************)
(* The table that s goes back to when a view change interrupts GATHER      *)
(* (W11): the backup it has.                                               *)
(***************************************************************************)
Fallback(s) == old_table[s]

(***************************************************************************)
(* What s claims in a state message when t is the table it goes back to.   *)
(***************************************************************************)
Claims(s, t) == Owned(t, s)

(***************************************************************************)
(* What a batch may take next: the event at position i, the same for all.  *)
(***************************************************************************)
Positions(R) == VS!Deliverable(CHOOSE s \in R : TRUE)
At(R, i) == inbox[CHOOSE s \in R : TRUE][i]
Have(R, i, type) ==
    \A s \in R : i \in VS!Deliverable(s) /\ inbox[s][i].type = type

(***************************************************************************)
(* W5, W11.  VIEW_CHANGE: in RUN the table is backed up; in GATHER it is   *)
(* thrown away and s goes back to the backup that it has.  Either way s    *)
(* tells the members of the new view what it covers and gathers their      *)
(* answers.  It changes nothing on its interfaces, so it is safe at any    *)
(* time.  A server that is DISCONNECTED covers nothing and has an empty    *)
(* backup.                                                                 *)
(***************************************************************************)
ViewChange(R) ==
    /\ IsBatch(R)
    /\ Have(R, 1, "VIEW_CHANGE")
    /\ LET v(s) == inbox[s][1].view
           t(s) == IF state[s] = "RUN" THEN Backup(s) ELSE Fallback(s)
       IN  /\ old_table' = For(R, old_table, t)                    \* W5, W11
           /\ view' = For(R, view, v)
           /\ \E ms \in Sends(R, LAMBDA s :
                        StateMsg(s, v(s), Claims(s, t(s)), mature[s])) :
                 VS!Step(R, 1, ms)                                 \* W5, W11
    /\ current_table' = For(R, current_table, Cleared)             \* W11, R2
    /\ state' = For(R, state, LAMBDA s : "GATHER")                    \* W5
    /\ received' = For(R, received, LAMBDA s : {})
    /\ prefs' = For(R, prefs, LAMBDA s : Unknown)
    /\ handover' = For(R, handover, LAMBDA s : Nobody)
    /\ UNCHANGED <<mature, held>>

(***************************************************************************)
(* Whether s heeds the message m: the guards of the three handlers.        *)
(***************************************************************************)
InGather(s) == state[s] = "GATHER"
OfCurrentView(s, m) == m.view = view[s]                               \* W7
HeedsState(s, m) == InGather(s) /\ OfCurrentView(s, m)
HeedsBalance(s) == state[s] = "RUN"                                   \* W12
HeedsReleased(s) == state[s] = "RUN"                                  \* R3

(***************************************************************************)
(* The table t without some groups, and what is left of a backup when its  *)
(* server releases some groups (R1).                                       *)
(***************************************************************************)
Forget(t, groups) == [g \in Group |-> IF g \in groups THEN None ELSE t[g]]
LeftOfBackup(t, released) == Forget(t, released)

(***************************************************************************)
(* W16.  Who may manage addresses.                                         *)
(***************************************************************************)
MayManage(isMature) == isMature

(***************************************************************************)
(* W10.  When holes may be filled: when GATHER is done.                    *)
(***************************************************************************)
MayFill(isDone) == isDone

(***************************************************************************)
(* W7 to W10, W17.  STATE_MSG in GATHER, of the current view: s enters     *)
(* what the sender covers into its table and resolves conflicts at once:   *)
(* what a later member covers as well, s releases.  When it has heard from *)
(* all members, and one of them is mature, it fills the holes and runs.    *)
(* All members have the same table by then, since the last one to claim an *)
(* address has it in whatever order the claims came; so they give each     *)
(* hole to the same member, and nobody acquires what another covers.       *)
(***************************************************************************)
ReceiveStateMsg(R) ==
    /\ IsBatch(R)
    /\ \E i \in Positions(R) :
        LET m == At(R, i)
            list(s) == view[s].members
            merged(s) == ResolveConflicts(list(s), current_table[s], m.sender, m.owns)
            lost(s) == {g \in held[s] : merged(s)[g] # None /\ merged(s)[g] # s
                                          /\ Later(list(s), merged(s)[g], s)}
            heard(s) == received[s] \cup {m.sender}
            grown(s) == mature[s] \/ m.mature                         \* W17
            done(s) == /\ heard(s) = VS!Members(view[s])              \* W10
                       /\ MayManage(grown(s))                         \* W16
            final(s) == IF MayFill(done(s))
                        THEN Reallocate_IPs(list(s), merged(s))       \* W10
                        ELSE merged(s)
            filled(s) == {g \in Owned(final(s), s) : merged(s)[g] = None}
        IN
        /\ Have(R, i, "STATE_MSG")
        /\ \A s \in R : HeedsState(s, m)                              \* W7
        /\ current_table' = For(R, current_table, final)          \* W4, W8
        /\ held' = For(R, held, LAMBDA s :
                (held[s] \ lost(s)) \cup filled(s))               \* W9, W10
        /\ old_table' = For(R, old_table, LAMBDA s :
                IF done(s) THEN Nobody
                ELSE LeftOfBackup(old_table[s], lost(s)))             \* R1
        /\ received' = For(R, received, LAMBDA s :
                IF done(s) THEN {} ELSE heard(s))
        /\ prefs' = For(R, prefs, LAMBDA s :
                [prefs[s] EXCEPT ![m.sender] = m.prefers])            \* W15
        /\ mature' = For(R, mature, grown)
        /\ state' = For(R, state, LAMBDA s :
                IF done(s) THEN "RUN" ELSE "GATHER")                  \* W10
        /\ VS!Step(R, i, <<>>)
        /\ UNCHANGED <<view, handover>>

(***************************************************************************)
(* W16, W18.  A server that is immature gives up waiting for one that is   *)
(* mature: it becomes mature and tells the members of its view so.  It     *)
(* takes no address yet (R4): the notice comes back to it like any other   *)
(* state message.  A server that timed out before it had heard from all    *)
(* runs at the last state message, the others at the notice; all have the  *)
(* same table by then, so each takes only its share.                       *)
(***************************************************************************)
MatureTimeout(s) ==
    /\ MayExpire(s)
    /\ state[s] = "GATHER"
    /\ ~mature[s]
    /\ mature' = [mature EXCEPT ![s] = TRUE]                          \* W18
    /\ VS!Step({}, 1, <<StateMsg(s, view[s], Claims(s, old_table[s]), TRUE)>>)
    /\ UNCHANGED <<state, view, tables, held>>

(***************************************************************************)
(* W13, W14.  The balance timer of the representative, the first of the    *)
(* list, fires: it decides on a new allocation and sends it, in one step.  *)
(* It waits while an earlier one is still being carried out, and sends     *)
(* nothing when nothing is to be moved.                                    *)
(***************************************************************************)
Moves(t, u) == [g \in Group |-> IF t[g] = u[g] THEN None ELSE u[g]]

Balance(s) ==
    LET new == Balance_IPs(view[s].members, current_table[s], prefs[s])
    IN  /\ MayExpire(s)
        /\ state[s] = "RUN"
        /\ s = Head(view[s].members)
        /\ handover[s] = Nobody
        /\ new # current_table[s]
        /\ handover' = [handover EXCEPT ![s] = Moves(current_table[s], new)]
        /\ VS!Step({}, 1, <<[type |-> "BALANCE_MSG", sender |-> s, table |-> new]>>)
        /\ UNCHANGED <<state, mature, view, current_table, old_table, received, prefs, held>>

(***************************************************************************)
(* What s covers, and what its table says, as soon as it has delivered a   *)
(* BALANCE_MSG with the table t: it lets go of what it is to give away,    *)
(* and takes nothing yet (R3).                                             *)
(***************************************************************************)
HeldOnBalance(s, t) == {g \in held[s] : t[g] = s}
TableOnBalance(s, t) == current_table[s]

(***************************************************************************)
(* W6, R3.  BALANCE_MSG in RUN: Change_IPs.  Agreed delivery puts it       *)
(* behind all state messages of the view, so whoever is in the view knows  *)
(* the same table.                                                         *)
(***************************************************************************)
ReceiveBalanceMsg(R) ==
    /\ IsBatch(R)
    /\ \E i \in Positions(R) :
        LET m == At(R, i)
            kept(s) == HeldOnBalance(s, m.table)
            gone(s) == held[s] \ kept(s)
            movers == {s \in R : gone(s) # {}}
        IN
        /\ Have(R, i, "BALANCE_MSG")
        /\ \A s \in R : HeedsBalance(s)                               \* W12
        /\ handover' = For(R, handover, LAMBDA s :
                Moves(TableOnBalance(s, m.table), m.table))
        /\ current_table' = For(R, current_table, LAMBDA s : TableOnBalance(s, m.table))
        /\ held' = For(R, held, kept)                                 \* W6
        /\ \E ms \in Sends(movers, LAMBDA s :
                [type |-> "RELEASED_MSG", sender |-> s, released |-> gone(s)]) :
              VS!Step(R, i, ms)                                       \* R3
        /\ UNCHANGED <<state, mature, view, old_table, received, prefs>>

(***************************************************************************)
(* W6, R3.  RELEASED_MSG in RUN: the sender has let go, so the addresses   *)
(* are their new owner's.                                                  *)
(***************************************************************************)
ReceiveReleasedMsg(R) ==
    /\ IsBatch(R)
    /\ \E i \in Positions(R) :
        LET m == At(R, i)
            given(s) == {g \in m.released : handover[s][g] = s}
        IN
        /\ Have(R, i, "RELEASED_MSG")
        /\ \A s \in R : HeedsReleased(s)
        /\ current_table' = For(R, current_table, LAMBDA s :
                [g \in Group |-> IF g \in m.released THEN handover[s][g]
                                 ELSE current_table[s][g]])
        /\ handover' = For(R, handover, LAMBDA s : Forget(handover[s], m.released))
        /\ held' = For(R, held, LAMBDA s : held[s] \cup given(s))     \* W6
        /\ VS!Step(R, i, <<>>)
        /\ UNCHANGED <<state, mature, view, old_table, received, prefs>>

(***************************************************************************)
(* W7, W12.  A message that is not heeded is taken and changes nothing: a  *)
(* state message of another view, or one that comes when s runs already;   *)
(* what belongs to balancing when s gathers.                               *)
(***************************************************************************)
Discard(R, type, Heeds(_, _)) ==
    \E i \in Positions(R) :
        /\ Have(R, i, type)
        /\ \A s \in R : ~Heeds(s, At(R, i))
        /\ VS!Step(R, i, <<>>)
        /\ UNCHANGED serverVars

DiscardStateMsg(R) ==
    /\ IsBatch(R)
    /\ Discard(R, "STATE_MSG", HeedsState)
DiscardBalanceMsg(R) ==
    /\ IsBatch(R)
    /\ Discard(R, "BALANCE_MSG", LAMBDA s, m : HeedsBalance(s))
DiscardReleasedMsg(R) ==
    /\ IsBatch(R)
    /\ Discard(R, "RELEASED_MSG", LAMBDA s, m : HeedsReleased(s))

(***************************************************************************)
(* W19.  The group communication is lost: every address is dropped, since  *)
(* nothing is known of the others any more.                                *)
(***************************************************************************)
Reset(R) ==
    /\ state' = For(R, state, LAMBDA s : "DISCONNECTED")
    /\ view' = For(R, view, LAMBDA s : NoView)
    /\ current_table' = For(R, current_table, LAMBDA s : Nobody)
    /\ old_table' = For(R, old_table, LAMBDA s : Nobody)
    /\ received' = For(R, received, LAMBDA s : {})
    /\ prefs' = For(R, prefs, LAMBDA s : Unknown)
    /\ handover' = For(R, handover, LAMBDA s : Nobody)
    /\ held' = For(R, held, LAMBDA s : {})                            \* W19

Disconnect(R) ==
    /\ IsBatch(R)
    /\ Have(R, 1, "DISCONNECT")
    /\ Reset(R)
    /\ VS!Step(R, 1, <<>>)
    /\ UNCHANGED mature                                               \* R5

-----------------------------------------------------------------------------
(***************************************************************************)
(* Actions of the environment (W3).  A crash takes a server's addresses    *)
(* and all it knows with it.                                               *)
(***************************************************************************)
Partition(G) == VS!Partition(G) /\ UNCHANGED serverVars
Merge(G) == VS!Merge(G) /\ UNCHANGED serverVars
Lose(s) == VS!Lose(s) /\ UNCHANGED serverVars
Recover(s) == VS!Recover(s) /\ UNCHANGED serverVars
Crash(s) ==
    /\ VS!Crash(s)
    /\ Reset({s})
    /\ mature' = [mature EXCEPT ![s] = FALSE]                         \* W16

-----------------------------------------------------------------------------
System ==
    \/ \E R \in SUBSET Server : ViewChange(R)
    \/ \E R \in SUBSET Server : ReceiveStateMsg(R)
    \/ \E R \in SUBSET Server : ReceiveBalanceMsg(R)
    \/ \E R \in SUBSET Server : ReceiveReleasedMsg(R)
    \/ \E R \in SUBSET Server : DiscardStateMsg(R)
    \/ \E R \in SUBSET Server : DiscardBalanceMsg(R)
    \/ \E R \in SUBSET Server : DiscardReleasedMsg(R)
    \/ \E R \in SUBSET Server : Disconnect(R)
    \/ \E s \in Server : MatureTimeout(s)
    \/ \E s \in Server : Balance(s)

Environment ==
    \/ \E G \in SUBSET Server : Partition(G)
    \/ \E G \in SUBSET Server : Merge(G)
    \/ \E s \in Server : Lose(s)
    \/ \E s \in Server : Recover(s)
    \/ \E s \in Server : Crash(s)

Next == System \/ Environment

(***************************************************************************)
(* A server that has something to take takes it sooner or later, and the   *)
(* timer of an immature one fires.  Balancing is a choice.                 *)
(***************************************************************************)
Takes(s) ==
    \E R \in SUBSET Server :
        /\ s \in R
        /\ \/ ViewChange(R) \/ Disconnect(R)
           \/ ReceiveStateMsg(R) \/ DiscardStateMsg(R)
           \/ ReceiveBalanceMsg(R) \/ DiscardBalanceMsg(R)
           \/ ReceiveReleasedMsg(R) \/ DiscardReleasedMsg(R)

Fairness == \A s \in Server : WF_vars(Takes(s)) /\ WF_vars(MatureTimeout(s))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(***************************************************************************)
(* Properties.                                                             *)
(*                                                                         *)
(* Covers(s) are the addresses that s answers for.                         *)
(***************************************************************************)
Covers(s) == UNION held[s]
CoveredBy(C, a) == {s \in C : a \in Covers(s)}

(***************************************************************************)
(* The maximal connected components whose servers run: all have the view   *)
(* that is installed for them, and are in RUN.                             *)
(***************************************************************************)
Running ==
    {C \in VS!Components : \A s \in C : view[s] = net[s] /\ state[s] = "RUN"}

(***************************************************************************)
(* An address is being moved as long as the server that is to have it has  *)
(* still to take the order or the release.                                 *)
(***************************************************************************)
OnItsWay(e, s, a) ==
    \/ e.type = "BALANCE_MSG" /\ \E g \in Owned(e.table, s) \ held[s] : a \in g
    \/ e.type = "RELEASED_MSG" /\ \E g \in e.released : a \in g /\ handover[s][g] = s

BeingMoved(C, a) ==
    \E s \in C : \E i \in DOMAIN inbox[s] : OnItsWay(inbox[s][i], s, a)

(***************************************************************************)
(* Property 1 (W1): every address is covered exactly once in each maximal  *)
(* connected component whose servers are in RUN.  Balancing is not atomic  *)
(* across servers, so an address that is being moved may be covered by     *)
(* nobody for a while; never by two.                                       *)
(***************************************************************************)
Correctness ==
    \A C \in Running : \A a \in Address :
        \/ Cardinality(CoveredBy(C, a)) = 1
        \/ CoveredBy(C, a) = {} /\ BeingMoved(C, a)

(***************************************************************************)
(* Lemma 1: at most once among the servers that run in one view, whether   *)
(* or not others still gather and whatever is under way.                   *)
(***************************************************************************)
AtMostOnce ==
    \A s, t \in Server :
        s # t /\ state[s] = "RUN" /\ state[t] = "RUN" /\ view[s] = view[t]
        => Covers(s) \cap Covers(t) = {}

(***************************************************************************)
(* W16: an immature server covers nothing.                                 *)
(***************************************************************************)
ImmatureCoversNothing == \A s \in Server : ~mature[s] => held[s] = {}

(***************************************************************************)
(* W19: a server without group communication covers nothing.               *)
(***************************************************************************)
DisconnectedCoversNothing ==
    \A s \in Server : state[s] = "DISCONNECTED" => held[s] = {}

(***************************************************************************)
(* What a server that gathers would claim is what it covers (R1).          *)
(***************************************************************************)
ClaimsWhatItHolds ==
    \A s \in Server : state[s] = "GATHER" => Owned(old_table[s], s) = held[s]

(***************************************************************************)
(* Members of one view that run and have nothing of a balance under way    *)
(* know the same table, and it says what they cover.                       *)
(***************************************************************************)
TablesAgree ==
    \A C \in Running :
        (\A s \in C : inbox[s] = <<>>) =>
            \A s \in C : /\ handover[s] = Nobody
                         /\ held[s] = Owned(current_table[s], s)
                         /\ \A t \in C : current_table[s] = current_table[t]

(***************************************************************************)
(* Reallocation acquires only what no other member of the view covers.     *)
(***************************************************************************)
Acquires(s) == held'[s] \ held[s]

ReallocationTakesHoles ==
    [][\A s, t \in Server :
        /\ s # t /\ view'[s] = view'[t]
        /\ state[s] = "GATHER" /\ state'[s] = "RUN"
        => Acquires(s) \cap (held[t] \cup held'[t]) = {}]_vars

(***************************************************************************)
(* An address that changes hands is released before it is acquired: when s *)
(* acquires one, no other server that runs in the view covers it.  (One    *)
(* that is late and still gathers may cover it as it did before the views  *)
(* merged, until it takes the state message that tells it not to.)         *)
(***************************************************************************)
ReleasedBeforeAcquired ==
    [][\A s, t \in Server :
        /\ s # t /\ view'[s] = view'[t]
        /\ state'[s] = "RUN" /\ state[t] = "RUN"
        => Acquires(s) \cap held[t] = {}]_vars

(***************************************************************************)
(* Nothing is acquired in GATHER, nor on the way into it.                  *)
(***************************************************************************)
NothingAcquiredInGather ==
    [][\A s \in Server : state'[s] = "GATHER" => held'[s] \subseteq held[s]]_vars

(***************************************************************************)
(* Property 2 (W2): servers that from some time on see no crash, recovery, *)
(* partition or merge get to RUN, and the addresses are covered.           *)
(***************************************************************************)
Operational ==
    /\ \A s \in VS!Connected : view[s] = net[s] /\ state[s] = "RUN"
    /\ \A s \in Server \ VS!Connected : state[s] = "DISCONNECTED"
    /\ \A C \in VS!Components : \A a \in Address :
          Cardinality(CoveredBy(C, a)) = 1

Liveness == \A e \in Epoch : <>[](epoch = e) => <>[]Operational

THEOREM Spec => /\ []TypeOK /\ []Correctness /\ []AtMostOnce
                /\ []ImmatureCoversNothing /\ []DisconnectedCoversNothing
                /\ []ClaimsWhatItHolds /\ []TablesAgree
                /\ NothingAcquiredInGather /\ ReallocationTakesHoles
                /\ ReleasedBeforeAcquired
                /\ Liveness
=============================================================================
