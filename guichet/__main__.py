from guichet.project.cli import main

main()
